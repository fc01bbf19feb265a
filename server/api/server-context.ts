import "server-only";
import { getUser } from "../auth";
import { composeWeb } from "../compose-web";
import type { Context } from "./trpc";

/** Who asks, and what the API works with: the same for requests and for pages that are drawn on the server. */
export async function serverContext(): Promise<Context> {
  const user = await getUser();
  return { user, services: composeWeb() };
}
