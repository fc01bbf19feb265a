import { z } from "zod";
import { AccountId, Digest, FlowId, RunId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import type { AgreedStart, EscrowTerms } from "@/flows/ports/escrows";

const Terms = z.object({
  run: RunId,
  plan: Digest,
  program: z.string(),
  escrow: z.string(),
  vault: z.string(),
  mint: z.string(),
  payer: z.string(),
  source: z.string(),
  sponsor: z.string(),
  settler: z.string(),
  arbiter: z.string(),
  feeAccount: z.string(),
  feeBps: z.number(),
  cap: UsdcBase,
  windowSeconds: z.number(),
  settleBy: z.number(),
  expiry: z.number(),
  lines: z.array(z.object({ account: z.string(), wallet: z.string(), cap: UsdcBase, payees: z.array(AccountId) })),
});

const Start = z.object({ flow: FlowId, input: z.record(z.string(), z.json()), workMs: z.number().optional() });

/** What an intent says, by its kind. Signed bytes are made of it and of nothing else. */
export const OpenBody = z.object({
  terms: Terms,
  transaction: z.string(),
  blockhash: z.string(),
  lastValidBlockHeight: z.string().transform(BigInt),
  /** What the transaction was built with beside the terms, so that whoever signs can build it again. */
  limits: z
    .object({ computeUnits: z.number().int().min(0).max(1_400_000), price: z.string().transform(BigInt) })
    .optional(),
});
export type OpenBody = z.output<typeof OpenBody>;

/** What each that a wallet signs has in common. */
export const Offered = OpenBody.pick({ transaction: true });

/** Which lines a payer disputes, and the transaction that says so. */
export const DisputeBody = OpenBody.omit({ terms: true })
  .required({ limits: true })
  .extend({
    lines: z.array(z.number().int().min(0).max(31)).min(1).max(32),
  });

/** Until when a payer lets payees earn and when the escrow then expires, in seconds, and the transaction that says so. */
export const ExtendBody = DisputeBody.omit({ lines: true }).extend({
  settleBy: z.number().int().positive(),
  expiry: z.number().int().positive(),
});

const amount = z.string().transform(BigInt);
export const SettleBody = z.object({
  sequence: amount,
  root: Digest,
  lines: z.array(z.object({ line: z.number(), amount })),
  /** Whether everything is paid and given back in the same transaction: there is no window to wait for. */
  closes: z.boolean(),
});
export type SettleBody = z.output<typeof SettleBody>;

export const readTerms = (text: string): EscrowTerms => Terms.parse(JSON.parse(text));
export const readStart = (text: string): AgreedStart => Start.parse(JSON.parse(text));
