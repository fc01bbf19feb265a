import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/api/root";
import { serverContext } from "@/server/api/server-context";
import { isFromElsewhere } from "./same-origin";

export const dynamic = "force-dynamic";

/** A page of somebody else's may not act in a person's name: what changes something must come from our own origin. */
function handler(request: Request): Promise<Response> | Response {
  if (request.method !== "GET" && isFromElsewhere(request))
    return new Response("Cross-origin requests are refused.", { status: 403 });
  return fetchRequestHandler({ endpoint: "/api/trpc", req: request, router: appRouter, createContext: serverContext });
}

export { handler as GET, handler as POST };
