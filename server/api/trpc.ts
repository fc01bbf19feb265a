import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import type { AccountId } from "@/flows/basics/ids";
import type { Services } from "../services";
import type { WayIn } from "../use-cases/link-wallet";
import { DomainError } from "./errors";

export type Context = { user: { id: AccountId; way: WayIn; signedInMs?: number } | null; services: Services };

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: messageOf(error),
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      domain: error.cause instanceof DomainError ? error.cause.detail : null,
    },
  }),
});

/** What broke in here is for our log: its words may name hosts, tables and values. */
function messageOf({ code, cause, message }: TRPCError): string {
  if (cause instanceof DomainError) return cause.detail.code;
  return code === "INTERNAL_SERVER_ERROR" ? "internal_error" : message;
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For anybody. A test lists every procedure that uses it: add to that list only what a stranger may do. */
export const publicProcedure = t.procedure;

export const signedInProcedure = t.procedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { user: ctx.user } });
});
