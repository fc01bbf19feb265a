import "server-only";
import { getUser } from "../auth";
import { composeWeb } from "../compose-web";
import { appRouter } from "./root";
import { type Context, createCallerFactory } from "./trpc";

const callerOf = createCallerFactory(appRouter);

/** The API's own procedures, for pages that are drawn on the server: same checks, no network. */
export async function serverCaller() {
  return callerOf(await serverContext());
}

export async function serverContext(): Promise<Context> {
  const user = await getUser();
  return { user, services: composeWeb() };
}
