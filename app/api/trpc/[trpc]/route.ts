import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { readBody } from "@/server/api/read-body";
import { appRouter } from "@/server/api/root";
import { serverContext } from "@/server/api/server-context";
import { isFromElsewhere } from "./same-origin";

/** A drawing has at most five million characters; a letter of edits eight, and none of them more than three bytes. */
const MOST_BYTES = 25_000_000;

export const dynamic = "force-dynamic";

/** A page of somebody else's may not act in a person's name: what changes something must come from our own origin. */
async function handler(request: Request): Promise<Response> {
  if (request.method === "GET" || request.method === "HEAD") return answer(request);
  if (isFromElsewhere(request)) return new Response("Cross-origin requests are refused.", { status: 403 });
  const body = await readBody(request, MOST_BYTES);
  if (!body) return new Response(`Requests of more than ${MOST_BYTES / 1_000_000} MB are refused.`, { status: 413 });
  const { url, method, headers, signal } = request;
  return answer(new Request(url, { method, headers, signal, body }));
}

function answer(req: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
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
