import type { Address, Instruction } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainPort, ChainUnknown } from "@/flows/ports/chain";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { type EscrowAccount, readEscrow, UNCLAIMED_SECONDS } from "@/programs/clients/escrow-account";
import { configAddress } from "@/programs/clients/escrow-addresses";
import { close, release, settle } from "@/programs/clients/escrow-instructions";
import type { Intent } from "./intents";
import type { Carrying } from "./settings";
import { SettleBody } from "./stored";
import { hexBytes } from "./terms";
import { chainSeconds, takesTokens } from "./token-account";

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
  const ends = await endings(chain, terms, escrow);
  return ends.ok ? ok([...settles, ...ends.value]) : ends;
}

/**
 * All is paid and closed, or what can be paid is. Half a year after the expiry, what an account still cannot take returns
 * to the payer: only then are such lines named as unclaimed.
 */
async function endings(
  chain: ChainPort,
  terms: EscrowTerms,
  { payees, expiry }: EscrowAccount,
): Promise<Result<readonly (readonly Instruction[])[], ChainUnknown>> {
  const lines = payees.flatMap(({ earned, paid, returned }, line) => (earned - paid - returned > 0n ? [line] : []));
  if (lines.length === 0) return ok([[closing(terms, [])]]);
  const pays = releasing(terms, lines);
  const ends = [[pays, closing(terms, [])], [pays]];
  const now = await chainSeconds(chain);
  if (!now.ok) return now;
  if (BigInt(now.value) <= expiry + UNCLAIMED_SECONDS) return ok(ends);
  const unclaimed: number[] = [];
  for (const line of lines) {
    const taking = await takesTokens(chain, { address: terms.lines[line]?.account ?? "", mint: terms.mint });
    if (!taking.ok) return taking;
    if (!taking.value) unclaimed.push(line);
  }
  const others = lines.filter((line) => !unclaimed.includes(line));
  return ok([...ends, [...(others.length > 0 ? [releasing(terms, others)] : []), closing(terms, unclaimed)]]);
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
  return { settled, ends: [...(paying.length > 0 ? [releasing(terms, paying)] : []), closing(terms, [])] };
}

function releasing(terms: EscrowTerms, lines: readonly number[]): Instruction {
  return release({ ...addresses(terms), payees: accountsOf(terms, lines) });
}

function closing(terms: EscrowTerms, unclaimed: readonly number[]): Instruction {
  return close({ ...addresses(terms), by: "anyone", unclaimed: accountsOf(terms, unclaimed) });
}

const accountsOf = (terms: EscrowTerms, lines: readonly number[]) =>
  lines.flatMap((line) => {
    const account = terms.lines[line]?.account;
    return account ? [{ line, account: account as Address }] : [];
  });

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
