import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import type { AccountId } from "@/flows/basics/ids";
import type { Services } from "../services";
import { DomainError } from "./errors";

export type Context = { user: { id: AccountId } | null; services: Services };

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: error.cause instanceof DomainError ? error.cause.detail.code : shape.message,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      domain: error.cause instanceof DomainError ? error.cause.detail : null,
    },
  }),
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For anybody. A test lists every procedure that uses it: add to that list only what a stranger may do. */
export const publicProcedure = t.procedure;

export const signedInProcedure = t.procedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { user: ctx.user } });
});
