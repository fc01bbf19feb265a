import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";

/**
 * Signs in with *Try it now* as a browser does; returns the studio's own API for that account, and its cookies.
 *
 * @param {string} url
 * @param {string} name
 */
export async function signIn(url, name) {
  const jar = cookieJar();
  const started = await jar.fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = /** @type {{ csrfToken: string }} */ (await started.json());
  const answer = await jar.fetch(`${url}/api/auth/callback/local`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, name, json: "true" }),
    redirect: "manual",
  });
  if (answer.status >= 400) throw new Error(`signing in was answered with ${answer.status}`);
  const link = httpLink({ url: `${url}/api/trpc`, transformer: superjson, fetch: jar.fetch });
  const client = createTRPCClient({ links: [link] });
  const api = /** @type {import("@trpc/client").TRPCClient<import("@/server/api/root").AppRouter>} */ (client);
  return { api, cookies: jar.cookies };
}

/** Keeps the cookies of one origin. */
function cookieJar() {
  /** @type {Map<string, string>} */
  const cookies = new Map();
  return {
    cookies,
    /** @type {(input: any, init?: any) => Promise<Response>} */
    async fetch(input, init = {}) {
      const headers = new Headers(init.headers);
      headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
      const answer = await fetch(input, { ...init, headers });
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        const at = pair.indexOf("=");
        cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return answer;
    },
  };
}
