import "server-only";
import { getUser } from "../auth";
import { composeWeb } from "../compose-web";
import type { Services } from "../services";
import type { Context } from "./trpc";

/** What the API works with, for a request that nobody is signed in to make. */
export function serverServices(): Services {
  return composeWeb();
}

/** Who asks, and what the API works with: the same for requests and for pages that are drawn on the server. */
export async function serverContext(): Promise<Context> {
  const user = await getUser();
  return { user, services: composeWeb() };
}
