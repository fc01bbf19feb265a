import { createHash } from "node:crypto";
import type { Address, Instruction } from "@solana/kit";
import type { RunId } from "@/flows/basics/ids";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { type EscrowAccount, readEscrow } from "@/programs/clients/escrow-account";
import { configAddress } from "@/programs/clients/escrow-addresses";
import { open } from "@/programs/clients/escrow-instructions";

/** The sixteen bytes that name a run on chain: the first of the SHA-256 of its id. */
export const runBytes = (run: RunId): Uint8Array =>
  Uint8Array.from(createHash("sha256").update(run).digest().subarray(0, 16));

export const hexBytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** The instruction that these terms come to. What the payer signs is made of nothing else. */
export async function openingOf(terms: EscrowTerms): Promise<Instruction> {
  const at = (text: string) => text as Address;
  return open({
    program: at(terms.program),
    escrow: at(terms.escrow),
    vault: at(terms.vault),
    mint: at(terms.mint),
    payer: at(terms.payer),
    rentPayer: at(terms.sponsor),
    source: at(terms.source),
    refund: at(terms.source),
    config: await configAddress(at(terms.program)),
    run: runBytes(terms.run),
    planHash: hexBytes(terms.plan),
    settler: at(terms.settler),
    arbiter: at(terms.arbiter),
    feeAccount: at(terms.feeAccount),
    cap: terms.cap,
    feeBps: terms.feeBps,
    windowSeconds: terms.windowSeconds,
    settleBy: BigInt(terms.settleBy),
    expiry: BigInt(terms.expiry),
    payees: terms.lines.map(({ account, cap }) => ({ account: at(account), cap })),
  });
}

/**
 * Why what lies on the chain is not what was agreed to, or nothing. Unknown is not agreed. The payer alone can add money
 * and time, and may have done so already: more than was agreed to is as agreed, and the ledger counts the agreed cap.
 */
export function unlike(terms: EscrowTerms, data: Uint8Array): string | null {
  const found = readEscrow(data);
  if (!found) return "there is no escrow at its address";
  const wrong = Object.entries(pairs(terms, found)).find(([, [agreed, is]]) => String(agreed) !== String(is));
  if (wrong) return `its ${wrong[0]} is ${String(wrong[1][1])} where ${String(wrong[1][0])} was agreed to`;
  const more = Object.entries(raised(terms, found)).find(([, [agreed, is]]) => is < agreed);
  if (more) return `its ${more[0]} is ${more[1][1]} where ${more[1][0]} was agreed to`;
  const same = terms.lines.every(({ account, cap }, line) => {
    const payee = found.payees[line];
    return payee?.account === account && payee.cap >= cap;
  });
  return same && found.payees.length === terms.lines.length ? null : "its payees are others";
}

function pairs(terms: EscrowTerms, found: EscrowAccount): Record<string, readonly [unknown, unknown]> {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return {
    payer: [terms.payer, found.payer],
    refund: [terms.source, found.refund],
    sponsor: [terms.sponsor, found.rentPayer],
    settler: [terms.settler, found.settler],
    arbiter: [terms.arbiter, found.arbiter],
    mint: [terms.mint, found.mint],
    vault: [terms.vault, found.vault],
    "fee account": [terms.feeAccount, found.feeAccount],
    fee: [terms.feeBps, found.feeBps],
    window: [terms.windowSeconds, found.windowSeconds],
    plan: [terms.plan, hex(found.planHash)],
    run: [hex(runBytes(terms.run)), hex(found.run)],
  };
}

function raised(terms: EscrowTerms, found: EscrowAccount): Record<string, readonly [bigint, bigint]> {
  return {
    cap: [terms.cap, found.cap],
    "settle-by": [BigInt(terms.settleBy), found.settleBy],
    expiry: [BigInt(terms.expiry), found.expiry],
  };
}
