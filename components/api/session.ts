/** Signing in and out, over the two requests that next-auth answers. A page load afterwards drops all that was kept. */

async function post(path: string, fields: Record<string, string>): Promise<boolean> {
  const token = await fetch("/api/auth/csrf", { cache: "no-store" });
  if (!token.ok) return false;
  const { csrfToken } = (await token.json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const answer = await fetch(path, { method: "POST", body });
  return answer.ok;
}

/** Opens a local account. False when the studio did not open one. */
export async function tryItNow(name: string): Promise<boolean> {
  return settled(post("/api/auth/callback/local", { name, callbackUrl: "/flows" }));
}

export async function signOut(): Promise<boolean> {
  return settled(post("/api/auth/signout", { callbackUrl: "/" }));
}

/** A lost connection is a no, too. */
async function settled(answer: Promise<boolean>): Promise<boolean> {
  return answer.catch(() => false);
}
