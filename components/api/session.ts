import type { SignInWords } from "@/components/api/answers";

/** Signing in and out, over the two requests that next-auth answers. A page load afterwards drops all that was kept. */

/** Nothing when it was done, else the code of what went wrong, as far as it is known. */
async function post(path: string, fields: Record<string, string>): Promise<{ error: string } | null> {
  const token = await fetch("/api/auth/csrf", { cache: "no-store" });
  if (!token.ok) return { error: "" };
  const { csrfToken } = (await token.json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const answer = await fetch(path, { method: "POST", body });
  if (answer.ok) return null;
  const { url } = (await answer.json()) as { url?: string };
  return { error: new URL(url ?? "/", window.location.href).searchParams.get("error") ?? "" };
}

/** What the studio said to a wallet's signature: a code of its errors, or empty where it did not answer. */
export class SignInRefused extends Error {}

/** Words that let a wallet sign in. Errors: throws where the studio does not answer. */
export async function wordsToSignIn(): Promise<SignInWords> {
  const answer = await fetch("/api/trpc/wallets.wordsToSignIn", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  }).catch(() => null); // a lost connection is no answer
  if (!answer?.ok) throw new SignInRefused("");
  const { result } = (await answer.json()) as { result: { data: { json: SignInWords } } };
  return result.data.json;
}

/** Errors: throws a SignInRefused. */
export async function signInByWallet(signed: Record<"nonce" | "address" | "message" | "signature", string>) {
  const refused = await post("/api/auth/callback/wallet", { ...signed, callbackUrl: "/flows" }).catch(() => ({
    error: "",
  }));
  if (refused) throw new SignInRefused(refused.error);
}

/** Opens a local account. False when the studio did not open one. */
export async function tryItNow(name: string): Promise<boolean> {
  return settled(post("/api/auth/callback/local", { name, callbackUrl: "/flows" }));
}

export async function signOut(): Promise<boolean> {
  return settled(post("/api/auth/signout", { callbackUrl: "/" }));
}

/** A lost connection is a no, too. */
async function settled(answer: Promise<{ error: string } | null>): Promise<boolean> {
  return (await answer.catch(() => ({ error: "" }))) === null;
}
