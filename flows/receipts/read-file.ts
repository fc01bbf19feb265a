import { z } from "zod";
import { AccountId, AgentId, Approver, NodeId, RunId, StepId } from "../basics/ids";
import { Money } from "../basics/money";
import { err, ok, type Result } from "../basics/result";
import { Agreement } from "../plan/agreement";
import { parseStored } from "./parse-stored";
import type { ReceiptFile } from "./receipt-file";

const Sealed = z.strictObject({
  place: z.number().int().min(0),
  body: z.string().max(200_000),
  hash: z.string(),
  signature: z.string(),
  keyId: z.string(),
});

const count = z.number().int().min(0).max(1_000_000);
const paying = { payee: AccountId, cap: Money };
const looking = ["guard", "compute", "pass", "wait"] as const;
const Instruction = z.discriminatedUnion("op", [
  z.looseObject({ op: z.literal("call"), agent: AgentId, retries: count, ...paying }),
  z.looseObject({ op: z.literal("model"), ...paying }),
  z.looseObject({ op: z.literal("pay"), ...paying }),
  z.looseObject({ op: z.literal("ask"), approvers: z.array(Approver), agreement: Agreement.optional() }),
  z.looseObject({
    op: z.literal("choose"),
    cases: z.array(z.looseObject({ port: z.string() })),
    otherwise: z.string().nullable(),
  }),
  z.looseObject({ op: z.literal("join"), ways: z.array(z.string()) }),
  z.looseObject({ op: z.literal("map"), most: count, body: count }),
  z.looseObject({ op: z.literal("loop"), most: count, body: count }),
  z.looseObject({ op: z.literal("try"), attempts: count, body: count }),
  ...looking.map((op) => z.looseObject({ op: z.literal(op) })),
]);
const Gate = z.strictObject({ step: z.number().int().min(0), port: z.string() });
const Step = z.looseObject({
  id: StepId,
  node: NodeId,
  gates: z.array(Gate),
  need: count.optional(),
  takes: z.record(z.string(), z.unknown()),
  instruction: Instruction,
});

/** Only what the verifier looks at is held to a shape; the plan's hash covers the rest of it. */
const Plan = z.looseObject({
  version: z.literal(2),
  bound: z.array(Money),
  steps: z.array(Step),
  authority: z.strictObject({
    payees: z.array(z.strictObject({ payee: AccountId, cap: Money })),
    agents: z.array(AgentId),
    approvers: z.array(Approver),
  }),
});

const File = z.strictObject({
  version: z.literal(1),
  run: RunId,
  plan: Plan,
  receipts: z.array(Sealed).max(100_000),
  keys: z.record(z.string(), z.string()),
  proofs: z.array(z.string().max(100_000)).max(100_000).optional(),
  settlement: Sealed.omit({ place: true }).optional(),
});

export type ReadFileError = { code: "receipts_unreadable"; problem: string };

/** Reads a receipt file that came from anywhere. Whatever it holds, the answer is a file or a typed error. [V1] */
export function readReceiptFile(text: string): Result<ReceiptFile, ReadFileError> {
  const unreadable = (problem: string) => err({ code: "receipts_unreadable", problem } as const);
  const parsed = parseStored(text);
  if (!parsed.ok) return unreadable("This is not JSON. Choose a file that the run page saved.");
  const read = File.safeParse(parsed.value);
  if (read.success) return ok(parsed.value as ReceiptFile);
  const [first] = read.error.issues;
  return unreadable(
    `This is no receipt file: ${first?.path.map(String).join(".") || "it"} ${first?.message ?? ""}`.trim(),
  );
}
