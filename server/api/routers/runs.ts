import { z } from "zod";
import { type AccountId, AgentId, Digest, FlowId, OperationId, RunId, StepId } from "@/flows/basics/ids";
import { Money } from "@/flows/basics/money";
import { expectedOf, RUNS_THAT_TELL } from "@/flows/plan/expected";
import type { Services } from "../../services";
import { MOST_PINS } from "../../use-cases/debug-of";
import { forkRun } from "../../use-cases/fork-run";
import { retryLetter } from "../../use-cases/retry-letter";
import { retryRun } from "../../use-cases/retry-run";
import { setAside } from "../../use-cases/set-aside";
import { settleOutcome } from "../../use-cases/settle-outcome";
import { showEvents, showRun, showValue } from "../../use-cases/show-run";
import { startRun } from "../../use-cases/start-run";
import { type Said, steerRun } from "../../use-cases/steer-run";
import { stopRun } from "../../use-cases/stop-run";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Path = z.array(z.number().int().nonnegative()).max(32);
const Stop = z.union([
  z.strictObject({ before: z.literal("every_step") }),
  z.strictObject({ before: z.literal("step"), step: StepId }),
  z.strictObject({ before: z.literal("payment"), above: Money }),
  z.strictObject({ after: z.literal("step"), step: StepId }),
]);
const Stops = z.array(Stop).max(100);
const Output = z.record(z.string(), z.json());
const Debug = z.strictObject({
  stops: Stops.optional(),
  pins: z
    .array(z.strictObject({ step: StepId, path: Path, output: Output }))
    .max(MOST_PINS)
    .optional(),
  mocks: z
    .array(
      z.discriminatedUnion("by", [
        z.strictObject({ agent: AgentId, by: z.literal("fixed"), output: Output }),
        z.strictObject({ agent: AgentId, by: z.literal("recorded"), run: RunId }),
      ]),
    )
    .max(100)
    .optional(),
});
/** How long a run may be at work, waiting for people left out. Units: milliseconds. */
const WorkMs = z
  .number()
  .int()
  .min(1_000)
  .max(31 * 86_400_000);

const Start = z.strictObject({
  flow: FlowId,
  run: z.uuid().pipe(RunId),
  plan: Digest,
  currency: z.enum(["microcredits", "trial_microcredits"]),
  input: z.record(z.string(), z.json()),
  workMs: WorkMs.optional(),
  debug: Debug.optional(),
});
const Fork = z.strictObject({
  of: RunId,
  run: z.uuid().pipe(RunId),
  from: z.union([z.strictObject({ after: z.number().int().nonnegative() }), z.strictObject({ step: StepId })]),
  stops: Stops.default([]),
  workMs: WorkMs.optional(),
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
/** `request` is made by whoever asks: asked twice with the same, it is done once. */
const Steered = z.strictObject({ run: RunId, request: z.uuid() });
const Only = z.strictObject({ step: StepId, path: Path }).nullable();

type Steer = { run: RunId; request: string; said: Said };
async function steer({ user, services }: { user: { id: AccountId }; services: Services }, ask: Steer) {
  return unwrap(await steerRun(services, { owner: user.id, ...ask }));
}
const OneLetter = z.strictObject({ letter: z.bigint().min(1n) });
const StoppedPage = z.strictObject({
  before: z.strictObject({ since: z.date(), id: z.string().max(100) }).optional(),
  take: z.number().int().min(1).max(100).default(30),
});

export const runsRouter = router({
  start: signedInProcedure.input(Start).mutation(async ({ ctx, input }) => ({
    run: unwrap(await startRun(ctx.services, { owner: ctx.user.id, ...input })),
  })),
  /** Another run of the same plan, in which what had settled in this one is taken for done. */
  fork: signedInProcedure.input(Fork).mutation(async ({ ctx, input }) => ({
    run: unwrap(await forkRun(ctx.services, { owner: ctx.user.id, ...input })),
  })),
  /** Begins nothing new until it is let go on. */
  pause: signedInProcedure
    .input(Steered)
    .mutation(({ ctx, input }) => steer(ctx, { ...input, said: { type: "pause_asked" } })),
  /** Lets a paused run go on, or with `only` a single step that was halted. */
  resume: signedInProcedure
    .input(Steered.extend({ only: Only }))
    .mutation(({ ctx, input: { only, ...input } }) => steer(ctx, { ...input, said: { type: "resume_asked", only } })),
  /** Where a run is to stop from now on; what is halted stays halted until it is let go on. */
  setStops: signedInProcedure
    .input(Steered.extend({ stops: Stops }))
    .mutation(({ ctx, input: { stops, ...input } }) => steer(ctx, { ...input, said: { type: "stops_set", stops } })),
  stop: signedInProcedure
    .input(OneRun)
    .mutation(async ({ ctx, input }) => unwrap(await stopRun(ctx.services, { owner: ctx.user.id, run: input.run }))),
  /** Goes on with a run that stopped at a fault of ours. */
  retry: signedInProcedure
    .input(OneRun)
    .mutation(async ({ ctx, input }) => unwrap(await retryRun(ctx.services, { owner: ctx.user.id, run: input.run }))),
  /** What the studio could not go on with: runs at a fault, and letters that no run could take. */
  stopped: signedInProcedure
    .input(StoppedPage)
    .query(({ ctx, input: { before, take } }) =>
      ctx.services.stopped.list(ctx.user.id, { take, ...(before ? { before } : {}) }),
    ),
  retryLetter: signedInProcedure
    .input(OneLetter)
    .mutation(async ({ ctx, input }) => unwrap(await retryLetter(ctx.services, { owner: ctx.user.id, ...input }))),
  setAside: signedInProcedure
    .input(z.union([OneRun, OneLetter]))
    .mutation(async ({ ctx, input }) => unwrap(await setAside(ctx.services, ctx.user.id, input))),
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
  /** As it stands, or as it stood `until` so many of its events. */
  get: signedInProcedure
    .input(OneRun.extend({ until: z.number().int().nonnegative().optional() }))
    .query(async ({ ctx, input }) => unwrap(await showRun(ctx.services, { owner: ctx.user.id, ...input }))),
  events: signedInProcedure
    .input(z.strictObject({ run: RunId, after: z.number().int().min(0).default(0) }))
    .query(async ({ ctx, input }) => unwrap(await showEvents(ctx.services, { owner: ctx.user.id, ...input }))),
  /** Everything that `npm run verify` needs, in one file: the plan, the receipts and the public keys. */
  receipts: signedInProcedure.input(OneRun).query(async ({ ctx, input }) => {
    const shown = unwrap(await showRun(ctx.services, { owner: ctx.user.id, run: input.run }));
    return { version: 1 as const, run: input.run, plan: shown.plan, ...(await ctx.services.runs.receipts(input.run)) };
  }),
  /** The names of those who answered in it, for whoever started it. */
  voters: signedInProcedure
    .input(OneRun)
    .query(({ ctx, input }) => ctx.services.questions.voters(ctx.user.id, input.run)),
  value: signedInProcedure
    .input(z.strictObject({ run: RunId, digest: Digest }))
    .query(async ({ ctx, input }) => unwrap(await showValue(ctx.services, { owner: ctx.user.id, ...input }))),
});
