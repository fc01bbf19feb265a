import { z } from "zod";
import { EVIDENCE } from "../basics/evidence-kinds";
import { AccountId, AgentId, Approver, Capacity, Digest, OperationId, RunId, StepId } from "../basics/ids";
import { Money } from "../basics/money";
import { Agreement } from "../plan/agreement";

const Stored = z.strictObject({
  from: z.literal("stored"),
  digest: Digest,
  field: z.string().nullable(),
  at: z.array(z.union([z.string(), z.number().int().nonnegative()])).optional(),
});
const Path = z.array(z.number().int().nonnegative());
const Constant = z.strictObject({ from: z.literal("constant"), value: z.json() });

const Outcome = z.discriminatedUnion("result", [
  z.strictObject({ result: z.literal("succeeded"), results: z.record(z.string(), z.union([Stored, Constant])) }),
  z.strictObject({
    result: z.literal("failed"),
    step: StepId.nullable(),
    path: Path,
    code: z.string(),
    reason: z.string(),
  }),
  z.strictObject({ result: z.literal("cancelled"), by: AccountId }),
]);

const Vote = z.strictObject({
  by: AccountId,
  as: Capacity,
  of: AccountId.optional(),
  answer: z.enum(["approved", "denied"]),
  weight: z.number().int().positive(),
  atMs: z.number().int(),
  evidence: z.strictObject({ kind: z.enum(EVIDENCE), digest: Digest.optional() }),
  comment: z.string().optional(),
});
const Asked = z.strictObject({ approvers: z.array(Approver), agreement: Agreement.optional() });
const votes = z.array(Vote).optional();

const Step = z.strictObject({
  step: StepId,
  path: Path,
  operation: OperationId,
  input: Digest,
  output: Digest.nullable(),
  agent: AgentId.nullable(),
  payee: AccountId.nullable(),
  paid: Money.nullable(),
  units: z.number().int().nonnegative().optional(),
  by: AccountId.nullable(),
  subject: Digest.nullable(),
  votes,
  consent: z
    .strictObject({ rule: z.string(), by: AccountId, subject: Digest, votes, asked: Asked.optional() })
    .nullable(),
  port: z.string().nullable(),
  code: z.string().nullable(),
  atMs: z.number().int(),
  pinned: z.literal(true).optional(),
});

const link = { version: z.literal(1), run: RunId, plan: Digest, place: z.number().int(), previous: Digest.nullable() };

/** The text of a receipt as the verifier meets it: from anywhere, so every field of it is held to its shape. */
export const ReceiptBodyShape = z.discriminatedUnion("kind", [
  z.strictObject({ ...link, kind: z.literal("step"), step: Step }),
  z.strictObject({
    ...link,
    kind: z.literal("closing"),
    outcome: Outcome,
    payer: AccountId,
    budget: Money,
    spent: Money,
    root: Digest,
    freshAbove: Money.nullable().optional(),
  }),
]);
