import { z } from "zod";
import { Digest, FlowId, OperationId, RunId } from "@/flows/basics/ids";
import { fundRun, submitSigned, whyNotEscrow } from "../../use-cases/fund-run";
import { chainProcedure, chainReadProcedure } from "../chain-procedure";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const OfPlan = z.strictObject({ flow: FlowId, plan: Digest });
const Fund = OfPlan.extend({
  run: z.uuid().pipe(RunId),
  input: z.record(z.string(), z.json()),
  workMs: z
    .number()
    .int()
    .min(1_000)
    .max(31 * 86_400_000)
    .optional(),
});
/** A transaction of at most 4,096 bytes, in base64. */
const Signed = z.base64().max(5_600);

/** 25 USDC. Units: base units. */
const TEST_MONEY = 25_000_000n;

/** Runs whose money lies on the chain. The browser says which plan, and hands over what its wallet signed: no amounts, no payees. */
export const escrowsRouter = router({
  /** Why a plan cannot be paid from an escrow: no reason, when it can. */
  whyNot: signedInProcedure
    .input(OfPlan)
    .query(async ({ ctx, input }) => unwrap(await whyNotEscrow(ctx.services, { owner: ctx.user.id, ...input }))),
  /** What opens the escrow of a run, as the chain would take it now. Asked again, the offer before is over. */
  offer: chainProcedure
    .input(Fund)
    .mutation(async ({ ctx, input }) => unwrap(await fundRun(ctx.services, { owner: ctx.user.id, ...input }))),
  submit: signedInProcedure
    .input(z.strictObject({ intent: OperationId, signed: Signed }))
    .mutation(async ({ ctx, input }) => unwrap(await submitSigned(ctx.services, { owner: ctx.user.id, ...input }))),
  /** What the payees of a run have earned, and what of it can still be disputed. */
  earnings: chainReadProcedure
    .input(z.strictObject({ run: RunId }))
    .query(async ({ ctx, input }) => unwrap(await ctx.services.escrows.earnings(ctx.user.id, input.run))),
  /** What the wallet signs to dispute lines of the table, by their places in it. What was signed goes to `submit`. */
  dispute: chainProcedure
    .input(z.strictObject({ run: RunId, lines: z.array(z.number().int().min(0).max(31)).min(1).max(32) }))
    .mutation(async ({ ctx, input }) => unwrap(await ctx.services.escrows.dispute({ owner: ctx.user.id, ...input }))),
  /** What the wallet signs to give a run that goes on a week more. What was signed goes to `submit`. */
  extend: chainProcedure
    .input(z.strictObject({ run: RunId }))
    .mutation(async ({ ctx, input }) => unwrap(await ctx.services.escrows.extend({ owner: ctx.user.id, ...input }))),
  /** On the local chain alone: money to try with, for the wallet that is linked. */
  testMoney: chainProcedure.mutation(async ({ ctx: { services, user } }) => {
    const linked = await services.wallets.linked(user.id);
    if (!services.testMoney) return unwrap({ ok: false, error: { code: "rail_absent" } });
    if (!linked) return unwrap({ ok: false, error: { code: "wallet_not_linked" } });
    const given = await services.testMoney.give(linked.address, TEST_MONEY);
    return unwrap(given ? { ok: true, value: null } : { ok: false, error: { code: "chain_unreachable" } });
  }),
  /** Escrows of the person whose run is not there: what becomes of their money. */
  withoutRun: signedInProcedure.query(({ ctx }) => ctx.services.escrows.withoutRun(ctx.user.id)),
  /** How far the money of a run is; null for runs on credits. */
  ofRun: signedInProcedure
    .input(z.strictObject({ run: RunId }))
    .query(({ ctx, input }) => ctx.services.escrows.ofRun(ctx.user.id, input.run)),
});
