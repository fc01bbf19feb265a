import type { EscrowPayee } from "@/programs/clients/escrow-account";
import type { Found, Seen } from "./seen";
import { moment, usdc } from "./words";

/** An escrow as a page of text: who can be paid what, and until when. */
export function shown({ program, escrow, account, now, takes }: Seen): string[] {
  const { state, cap, earned, feeBps, windowSeconds, payees } = account;
  const rows: [string, string][] = [
    ["escrow", escrow],
    ["program", program],
    ["state", state === "open" ? "open" : "finished: nothing more is earned"],
    ["cap", `${usdc(cap)}, of which ${usdc(earned)} are earned`],
    ["payer", account.payer],
    ["rest returns to", account.refund],
    ["settler", account.settler],
    ["arbiter", account.arbiter],
    ["fee", `${feeBps / 100} %`],
    ["dispute window", `${windowSeconds} seconds`],
    ["earned until", moment(account.settleBy)],
    ["expires", moment(account.expiry)],
    ["chain's clock", moment(now)],
  ];
  return [
    ...rows.map(([name, value]) => `${name.padEnd(16)}${value}`),
    ...payees.flatMap((payee, line) => lineOf(payee, { line, now, takes: takes[line] ?? false })),
  ];
}

function lineOf(payee: EscrowPayee, { line, now, takes }: { line: number; now: bigint; takes: boolean }): string[] {
  const { account, cap, earned, paid, returned, held, heldUntil, disputed, decideBy } = payee;
  return [
    `line ${line + 1}: ${account}, at most ${usdc(cap)}`,
    `    earned ${usdc(earned)}, paid ${usdc(paid)}, returned ${usdc(returned)}`,
    ...(held > 0n && now < heldUntil ? [`    ${usdc(held)} can be disputed until ${moment(heldUntil)}`] : []),
    ...(disputed > 0n && now < decideBy
      ? [`    ${usdc(disputed)} disputed; undecided by ${moment(decideBy)} they are paid`]
      : []),
    ...(takes ? [] : ["    its account takes no money now"]),
  ];
}

/** Escrows of a wallet, one to a line. */
export const listed = (found: readonly Found[]): string[] =>
  found.map(({ escrow, account, as }) => `${escrow}  ${account.state}  ${usdc(account.cap)}  ${as.join(", ")}`);
