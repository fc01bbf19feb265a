import { z } from "zod";
import { AccountId, Digest, RunId } from "../basics/ids";
import { Money } from "../basics/money";

/** As it is kept and handed out, sealed as receipts are. It is no link of their chain: it comes after the last of them. */
export type SealedSettlement = { body: string; hash: Digest; signature: string; keyId: string };

const Address = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
const Signature = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{64,90}$/);

/** The text of a settlement as the verifier meets it: from anywhere, so every field of it is held to its shape. */
export const SettlementShape = z.strictObject({
  version: z.literal(1),
  kind: z.literal("settlement"),
  run: RunId,
  plan: Digest,
  program: Address,
  escrow: Address,
  mint: Address,
  root: Digest,
  chain: Digest,
  lines: z.array(z.strictObject({ account: Address, payees: z.array(AccountId), amount: Money })).max(32),
  transactions: z
    .array(
      z.strictObject({
        does: z.enum(["opened", "settled", "released", "closed"]),
        signature: Signature,
        slot: z.string().regex(/^\d{1,20}$/),
      }),
    )
    .max(100),
});
