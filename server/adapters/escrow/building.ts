import type { Address, Instruction } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainUnknown } from "@/flows/ports/chain";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { type EscrowAccount, readEscrow } from "@/programs/clients/escrow-account";
import { configAddress } from "@/programs/clients/escrow-addresses";
import { close, release, settle } from "@/programs/clients/escrow-instructions";
import type { Intent } from "./intents";
import type { Carrying } from "./settings";
import { SettleBody } from "./stored";
import { hexBytes } from "./terms";

type Built = Result<readonly (readonly Instruction[])[], ChainUnknown | { code: "nothing_to_do" }>;

/**
 * What an intent of the studio's comes to, as one transaction: the first of these that the chain would take. What can be
 * released is read from the account and not remembered, so that disputes and decisions in between are heeded. Where
 * nothing can be recorded any more, because settle-by has passed or because the settler's key is another by now, it ends
 * with the closing that the chain takes from anybody after the expiry.
 */
export async function transactionsFor(
  { chain, keys }: Pick<Carrying, "chain" | "keys">,
  intent: Intent,
  terms: EscrowTerms,
): Promise<Built> {
  const found = await chain.account(terms.escrow);
  if (!found.ok) return found;
  const escrow = found.value && readEscrow(found.value.data);
  if (!escrow) return err({ code: "nothing_to_do" });
  const isSettler = intent.kind === "settle" && terms.settler === keys.settler.address;
  const settles = isSettler ? await settlements(SettleBody.parse(JSON.parse(intent.body)), terms) : [];
  return ok([...settles, ...endings(terms, escrow)]);
}

function endings(terms: EscrowTerms, { payees }: EscrowAccount): readonly (readonly Instruction[])[] {
  const lines = payees.flatMap(({ earned, paid, returned }, line) => (earned - paid - returned > 0n ? [line] : []));
  const pays = lines.length > 0 ? [releasing(terms, lines)] : [];
  const all = [...pays, closing(terms)];
  return pays.length > 0 ? [all, pays] : [all];
}

/** What was earned is recorded whatever keeps the rest from ending: an account that somebody closed, or one that is frozen. */
async function settlements(body: SettleBody, terms: EscrowTerms): Promise<readonly (readonly Instruction[])[]> {
  const { settled, ends } = await settling(body, terms);
  return ends.length > 0 ? [[settled, ...ends], [settled]] : [[settled]];
}

async function settling(
  { sequence, root, lines, closes }: SettleBody,
  terms: EscrowTerms,
): Promise<{ settled: Instruction; ends: readonly Instruction[] }> {
  const { program, escrow, settler } = addresses(terms);
  const config = await configAddress(program);
  const settled = settle({
    program,
    escrow,
    settler,
    config,
    sequence,
    receiptRoot: hexBytes(root),
    last: "last",
    lines,
  });
  if (!closes) return { settled, ends: [] };
  const paying = lines.map(({ line }) => line);
  return { settled, ends: [...(paying.length > 0 ? [releasing(terms, paying)] : []), closing(terms)] };
}

function releasing(terms: EscrowTerms, lines: readonly number[]): Instruction {
  const payees = lines.flatMap((line) => {
    const account = terms.lines[line]?.account;
    return account ? [{ line, account: account as Address }] : [];
  });
  return release({ ...addresses(terms), payees });
}

function closing(terms: EscrowTerms): Instruction {
  return close({ ...addresses(terms), by: "anyone", unclaimed: [] });
}

function addresses(terms: EscrowTerms) {
  const at = (text: string) => text as Address;
  return {
    program: at(terms.program),
    escrow: at(terms.escrow),
    vault: at(terms.vault),
    mint: at(terms.mint),
    settler: at(terms.settler),
    feeAccount: at(terms.feeAccount),
    refund: at(terms.source),
    rentPayer: at(terms.sponsor),
    payer: at(terms.payer),
  };
}
