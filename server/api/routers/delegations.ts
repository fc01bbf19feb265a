import { z } from "zod";
import { AccountId } from "@/flows/basics/ids";
import { err, ok } from "@/flows/basics/result";
import { delegate } from "../../use-cases/delegate";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const NewDelegation = z.strictObject({ to: AccountId, flow: z.string().max(64).nullable(), until: z.date() });

export const delegationsRouter = router({
  list: signedInProcedure.query(({ ctx }) => ctx.services.delegations.list(ctx.user.id)),
  flows: signedInProcedure.query(({ ctx }) => ctx.services.delegations.flows(ctx.user.id)),
  create: signedInProcedure
    .input(NewDelegation)
    .mutation(async ({ ctx, input }) => unwrap(await delegate(ctx.services, { from: ctx.user.id, ...input }))),
  revoke: signedInProcedure.input(z.strictObject({ id: z.string().max(64) })).mutation(async ({ ctx, input }) => {
    const revoked = await ctx.services.delegations.revoke(ctx.user.id, input.id);
    return unwrap(revoked ? ok(null) : err({ code: "delegation_not_found" }));
  }),
});
