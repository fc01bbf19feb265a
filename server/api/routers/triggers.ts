import { z } from "zod";
import { Digest, FlowId, NodeId, TriggerId } from "@/flows/basics/ids";
import { Microcredits, TrialMicrocredits } from "@/flows/basics/money";
import { ok } from "@/flows/basics/result";
import { MISSED } from "@/flows/triggers/missed";
import type { StartCause } from "../../use-cases/carry-out-start";
import { rotateTriggerSecret } from "../../use-cases/rotate-trigger-secret";
import { turnOnTrigger } from "../../use-cases/turn-on-trigger";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Cap = z.discriminatedUnion("currency", [
  z.strictObject({ currency: z.literal("microcredits"), amount: Microcredits }),
  z.strictObject({ currency: z.literal("trial_microcredits"), amount: TrialMicrocredits }),
]);
const TurnOn = z.strictObject({
  flow: FlowId,
  node: NodeId,
  plan: Digest,
  mostPerDay: Cap,
  input: z.record(z.string(), z.json()).default({}),
  missed: z.enum(MISSED).default("skip"),
});
const OneTrigger = z.strictObject({ trigger: TriggerId });

export const triggersRouter = router({
  /** What was turned on for a flow, also what is off by now. */
  list: signedInProcedure
    .input(z.strictObject({ flow: FlowId }))
    .query(({ ctx, input }) => ctx.services.triggers.list(ctx.user.id, input.flow)),
  /** The secret of a webhook is in this answer and in no other. */
  turnOn: signedInProcedure
    .input(TurnOn)
    .mutation(async ({ ctx, input }) => unwrap(await turnOnTrigger(ctx.services, { owner: ctx.user.id, ...input }))),
  turnOff: signedInProcedure.input(OneTrigger).mutation(async ({ ctx, input }) => {
    const isOff = await ctx.services.triggers.turnOff(ctx.user.id, input.trigger);
    return unwrap(isOff ? ok(null) : ({ ok: false, error: { code: "trigger_not_found" } } as const));
  }),
  rotateSecret: signedInProcedure
    .input(OneTrigger)
    .mutation(async ({ ctx, input }) =>
      unwrap(await rotateTriggerSecret(ctx.services, { owner: ctx.user.id, trigger: input.trigger })),
    ),
  /** The last firings, with the run or with the cause why there is none. */
  starts: signedInProcedure
    .input(z.strictObject({ trigger: TriggerId, take: z.number().int().min(1).max(100).default(10) }))
    .query(async ({ ctx, input }) => {
      const starts = await ctx.services.triggers.starts({ owner: ctx.user.id, ...input });
      return starts.map((start) => ({ ...start, cause: start.cause as StartCause | null })); // our own code wrote it
    }),
});
