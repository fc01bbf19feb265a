import type { Digest } from "../basics/ids";
import { digestOf, sha256Hex } from "../plan/digest";
import type { Plan } from "../plan/plan";
import { fromStored, toStored } from "../plan/stored";
import type { Receipt, RunState } from "../run/state";
import { chainOf, extended, type ReceiptBody, type SealedReceipt, sealClosing, sealStep } from "./chain";
import { signingKey } from "./keys";
import { merkleRoot } from "./merkle";
import type { ReceiptFile } from "./receipt-file";

/** The key of the studio that these receipts come from. */
export const key = signingKey("07".repeat(32));

type Finished = { plan: Plan; hash: Digest; state: RunState; receipts: readonly Receipt[] };

/** The receipts of a run that has ended, as its worker seals them. */
export function sealedFile({ plan, hash, state, receipts }: Finished): ReceiptFile {
  let chain = chainOf({ run: state.run, plan: hash });
  const sealed: SealedReceipt[] = [];
  for (const receipt of receipts) {
    const next = sealStep(chain, receipt, key);
    sealed.push(next);
    chain = extended(chain, next);
  }
  sealed.push(sealClosing(chain, state, key));
  return { version: 1, run: state.run, plan, receipts: sealed, keys: { [key.id]: key.publicKey } };
}

/** A file whose bodies were changed and linked and signed anew, as the holder of the key could. */
export function retold(file: ReceiptFile, change: (body: ReceiptBody) => ReceiptBody): ReceiptFile {
  const receipts: SealedReceipt[] = [];
  const steps: Digest[] = [];
  for (const { body } of file.receipts) {
    const told = change(fromStored<ReceiptBody>(body));
    const root = told.kind === "closing" ? { root: merkleRoot(steps) } : {};
    const text = toStored({ ...told, ...root, previous: receipts.at(-1)?.hash ?? null, plan: digestOf(file.plan) });
    const hash = sha256Hex(text);
    receipts.push({ place: told.place, body: text, hash, signature: key.sign(hash), keyId: key.id });
    if (told.kind === "step") steps.push(hash);
  }
  return { ...file, receipts };
}
