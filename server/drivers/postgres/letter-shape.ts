import { z } from "zod";
import { EVIDENCE } from "@/flows/basics/evidence-kinds";
import { AccountId, AgentId, Capacity, Digest, OperationId, RunId, StepId } from "@/flows/basics/ids";
import { Money } from "@/flows/basics/money";
import type { Pinned as PinnedStep } from "@/flows/run/events";

/** A letter as it lies in the mail of a run. `proofs`: what people signed in that run, where a letter claims a signature. */
export type Letter = { id: string; run_id: RunId; event: string; at_ms: string; proofs?: readonly string[] };

const Path = z.array(z.number().int().nonnegative());
const Way = z.array(z.union([z.string(), z.number().int().nonnegative()]));
const Stop = z.union([
  z.strictObject({ before: z.literal("every_step") }),
  z.strictObject({ before: z.literal("step"), step: StepId }),
  z.strictObject({ before: z.literal("payment"), above: Money }),
  z.strictObject({ after: z.literal("step"), step: StepId }),
]);
const Stored = { from: z.literal("stored"), digest: Digest, field: z.string().nullable(), at: Way.optional() };
const ValueRef = z.discriminatedUnion("from", [
  z.strictObject(Stored),
  z.strictObject({ from: z.literal("constant"), value: z.json() }),
]);
const Pinned = z.union([
  z.strictObject({
    ...{ port: z.string(), output: Digest.nullable() },
    gives: z.record(z.string(), ValueRef).nullable(),
  }),
  z.strictObject({ code: z.string(), reason: z.string(), short: z.number().int().nonnegative().optional() }),
]) satisfies z.ZodType<PinnedStep>;
const Mock = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("fixed"), output: Digest }),
  z.strictObject({ by: z.literal("recorded") }),
]);
const Debug = z.strictObject({
  stops: z.array(Stop),
  pins: z.record(z.string(), Pinned),
  mocks: z.record(AgentId, Mock),
  from: z.strictObject({ run: RunId, seq: z.number().int() }).nullable(),
});
const Edit = z.strictObject({
  place: z.number().int().nonnegative(),
  value: z.union([z.string().max(10_000), z.number(), z.boolean()]),
});
const Delivered = z.strictObject({ output: Digest, price: Money, detail: z.record(z.string(), z.string()) });

/**
 * What people may tell a run. An answer of the ledger or of an agent never comes by mail, whoever wrote it there, and a
 * field that nobody knows makes a letter unreadable: to leave it out could change what was meant.
 */
export const ByMail = z.discriminatedUnion("type", [
  z.strictObject({
    ...{ type: z.literal("run_started"), atMs: z.number().optional() },
    ...{ run: RunId, plan: Digest, payer: AccountId, budget: Money, input: Digest, policy: Digest.nullable() },
    ...{ workMs: z.number().int().positive().optional(), debug: Debug.optional() },
    freshAbove: Money.optional(),
  }),
  z.strictObject({ type: z.literal("cancel_asked"), by: AccountId }),
  z.strictObject({ type: z.literal("pause_asked"), by: AccountId }),
  z.strictObject({
    ...{ type: z.literal("resume_asked"), by: AccountId },
    only: z.strictObject({ step: StepId, path: Path }).nullable(),
  }),
  z.strictObject({ type: z.literal("stops_set"), by: AccountId, stops: z.array(Stop) }),
  z.strictObject({
    ...{ type: z.literal("approval_answered"), operation: OperationId, by: AccountId },
    ...{ answer: z.enum(["approved", "denied", "withdrawn"]), subject: Digest, as: Capacity.optional() },
    ...{ of: AccountId.optional(), comment: z.string().max(2_000).optional(), becomes: Digest.optional() },
    evidence: z.strictObject({ kind: z.enum(EVIDENCE), digest: Digest.optional() }).optional(),
    edits: z.array(Edit).max(20).optional(),
  }),
  z.strictObject({
    ...{ type: z.literal("outcome_told"), operation: OperationId, by: AccountId },
    delivered: Delivered.nullable(),
  }),
]);
