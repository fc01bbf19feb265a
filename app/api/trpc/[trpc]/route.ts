import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/api/root";
import { serverContext } from "@/server/api/server-context";
import { isFromElsewhere } from "./same-origin";

export const dynamic = "force-dynamic";

/** A page of somebody else's may not act in a person's name: what changes something must come from our own origin. */
function handler(request: Request): Promise<Response> | Response {
  if (request.method !== "GET" && isFromElsewhere(request))
    return new Response("Cross-origin requests are refused.", { status: 403 });
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: serverContext,
    onError,
  });
}

/** A bug of ours is told to the operator and not to the caller. Never an input: it may hold anything. */
function onError({ error, path }: { error: TRPCError; path: string | undefined }): void {
  if (error.code !== "INTERNAL_SERVER_ERROR") return;
  const { name, message, stack } = error.cause ?? error;
  process.stderr.write(`${JSON.stringify({ event: "api_failed", path, name, message, stack })}\n`);
}

export { handler as GET, handler as POST };
