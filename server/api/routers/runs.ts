import { z } from "zod";
import { Digest, FlowId, OperationId, RunId } from "@/flows/basics/ids";
import { ok } from "@/flows/basics/result";
import { expectedOf, RUNS_THAT_TELL } from "@/flows/plan/expected";
import { retryRun } from "../../use-cases/retry-run";
import { settleOutcome } from "../../use-cases/settle-outcome";
import { showRun, showValue } from "../../use-cases/show-run";
import { startRun } from "../../use-cases/start-run";
import { stopRun } from "../../use-cases/stop-run";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Start = z.strictObject({
  flow: FlowId,
  run: z.uuid().pipe(RunId),
  plan: Digest,
  currency: z.enum(["microcredits", "trial_microcredits"]),
  input: z.record(z.string(), z.json()),
});
const Page = z.strictObject({
  flow: FlowId.optional(),
  before: z.date().optional(),
  take: z.number().int().min(1).max(100).default(30),
});
const Settle = z.strictObject({
  run: RunId,
  operation: OperationId,
  delivered: z.strictObject({ output: z.record(z.string(), z.json()), price: z.bigint().min(0n) }).nullable(),
});
const OneRun = z.strictObject({ run: RunId });

export const runsRouter = router({
  start: signedInProcedure.input(Start).mutation(async ({ ctx, input }) => ({
    run: unwrap(await startRun(ctx.services, { owner: ctx.user.id, ...input })),
  })),
  stop: signedInProcedure
    .input(OneRun)
    .mutation(async ({ ctx, input }) => unwrap(await stopRun(ctx.services, { owner: ctx.user.id, run: input.run }))),
  /** Goes on with a run that stopped at a fault of ours. */
  retry: signedInProcedure
    .input(OneRun)
    .mutation(async ({ ctx, input }) => unwrap(await retryRun(ctx.services, { owner: ctx.user.id, run: input.run }))),
  /** What a person found out about a call of which nobody knows whether it was carried out. */
  settle: signedInProcedure
    .input(Settle)
    .mutation(async ({ ctx, input }) => unwrap(await settleOutcome(ctx.services, { owner: ctx.user.id, ...input }))),
  list: signedInProcedure
    .input(Page)
    .query(({ ctx, input: { flow, before, take } }) =>
      ctx.services.runs.list(ctx.user.id, { take, ...(flow ? { flow } : {}), ...(before ? { before } : {}) }),
    ),
  /** What a run of a plan comes to, by its last runs; null where they are too few. */
  expected: signedInProcedure
    .input(z.strictObject({ plan: Digest }))
    .query(async ({ ctx, input }) =>
      expectedOf(await ctx.services.runs.spentBy(ctx.user.id, input.plan, RUNS_THAT_TELL)),
    ),
  get: signedInProcedure
    .input(OneRun)
    .query(async ({ ctx, input }) => unwrap(await showRun(ctx.services, { owner: ctx.user.id, run: input.run }))),
  events: signedInProcedure
    .input(z.strictObject({ run: RunId, after: z.number().int().min(0).default(0) }))
    .query(async ({ ctx, input }) => {
      const run = await ctx.services.runs.find(ctx.user.id, input.run);
      if (!run) return unwrap({ ok: false, error: { code: "run_not_found" } });
      return unwrap(ok(await ctx.services.runs.events(input.run, input.after)));
    }),
  /** Everything that `npm run verify` needs, in one file: the plan, the receipts and the public keys. */
  receipts: signedInProcedure.input(OneRun).query(async ({ ctx, input }) => {
    const shown = unwrap(await showRun(ctx.services, { owner: ctx.user.id, run: input.run }));
    return { version: 1 as const, run: input.run, plan: shown.plan, ...(await ctx.services.runs.receipts(input.run)) };
  }),
  value: signedInProcedure
    .input(z.strictObject({ run: RunId, digest: Digest }))
    .query(async ({ ctx, input }) => unwrap(await showValue(ctx.services, { owner: ctx.user.id, ...input }))),
});
