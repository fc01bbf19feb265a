import "server-only";
import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import { makeQueryClient } from "@/components/api/query-client";
import { appRouter } from "@/server/api/root";
import { serverContext } from "@/server/api/server-context";

/** The cookie is read once per request, however many parts of a page ask the API. */
const context = cache(serverContext);

/** The API for one part of a page: what it reads here, the browser finds in its cache. */
export function serverQueries() {
  const queries = makeQueryClient();
  return { queries, trpc: createTRPCOptionsProxy({ router: appRouter, ctx: context, queryClient: queries }) };
}

export function Hydrated({ queries, children }: { queries: QueryClient; children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queries)}>{children}</HydrationBoundary>;
}

/** Shows the page for what is not there, instead of an error, when that is what the API says. */
export function orNotFound(fault: unknown): never {
  if (fault instanceof TRPCError && (fault.code === "NOT_FOUND" || fault.code === "BAD_REQUEST")) notFound();
  throw fault;
}
