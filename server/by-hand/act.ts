import type { Address, Instruction } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import { type EscrowPayee, payable, UNCLAIMED_SECONDS } from "@/programs/clients/escrow-account";
import { close, dispute, extend, release, resolve } from "@/programs/clients/escrow-instructions";
import type { Seen } from "./seen";
import { moment, usdc } from "./words";

/** What somebody wants done. Lines count from 0, as in the table; `seconds` are added to both times; amounts in base units. */
export type Deed =
  | { readonly does: "release" }
  | { readonly does: "close" }
  | { readonly does: "dispute"; readonly lines: readonly number[] }
  | { readonly does: "extend"; readonly seconds: bigint }
  | { readonly does: "resolve"; readonly line: number; readonly toPayee: bigint };

/** What it comes to: `by` is whose signature the program asks for, null where anybody may. `says` is what happens by it. */
export type Act = {
  readonly instructions: readonly Instruction[];
  readonly by: Address | null;
  readonly says: readonly string[];
};

/** The instructions of a deed, or a sentence of why it is not to be done now. The program decides by the same rules once more. */
export function actOf(seen: Seen, deed: Deed): Result<Act, string> {
  switch (deed.does) {
    case "release":
      return releasing(seen);
    case "close":
      return closing(seen);
    case "dispute":
      return disputing(seen, deed.lines);
    case "extend":
      return extending(seen, deed.seconds);
    case "resolve":
      return resolving(seen, deed);
    default:
      return unreachable(deed);
  }
}

const named = (line: number, { account }: EscrowPayee) => `line ${line + 1} (${account})`;
const outstanding = ({ earned, paid, returned }: EscrowPayee) => earned - paid - returned;

function releasing(seen: Seen): Result<Act, string> {
  const { lines, instructions, says } = payments(seen);
  const waits = waiting(seen, lines);
  if (lines.length > 0) return ok({ instructions, by: null, says: [...says, ...waits] });
  return err(waits.length > 0 ? `Nothing can be paid now. ${waits.join(" ")}` : "Everything that was earned is paid.");
}

/** Pays every line on which something is due and whose account takes it: one that does not keeps no other from it. */
function payments({ program, escrow, account, tokenProgram, now, takes }: Seen) {
  const { vault, mint, feeAccount, feeBps, payees } = account;
  const due = payees.flatMap((payee, line) => {
    const amount = payable(payee, now);
    return amount > 0n && takes[line] ? [{ line, payee, amount }] : [];
  });
  const to = due.map(({ line, payee }) => ({ line, account: payee.account }));
  const at = { program, escrow, vault, mint, tokenProgram, feeAccount };
  const fee = feeBps > 0 ? `, less the fee of ${feeBps / 100} %` : "";
  return {
    lines: due.map(({ line }) => line),
    instructions: due.length > 0 ? [release({ ...at, payees: to })] : [],
    says: due.map(({ line, payee, amount }) => `${usdc(amount)} are paid to ${named(line, payee)}${fee}.`),
  };
}

/** Why lines other than those that are paid now still keep something in the escrow. */
function waiting({ account, now, takes }: Seen, paid: readonly number[]): string[] {
  return account.payees.flatMap((payee, line) => {
    if (outstanding(payee) <= 0n) return [];
    const { held, heldUntil, disputed, decideBy } = payee;
    if (disputed > 0n && now < decideBy)
      return [
        `${usdc(disputed)} of ${named(line, payee)} are disputed; undecided by ${moment(decideBy)} they are paid.`,
      ];
    if (held > 0n && now < heldUntil)
      return [`${usdc(held)} of ${named(line, payee)} can be disputed until ${moment(heldUntil)}.`];
    return paid.includes(line) || takes[line] ? [] : [`The account of ${named(line, payee)} takes no money now.`];
  });
}

function closing(seen: Seen): Result<Act, string> {
  const { program, escrow, account, tokenProgram, now, takes } = seen;
  const { state, expiry, payees, vault, mint, refund, rentPayer, payer, settler } = account;
  if (state === "open" && now <= expiry)
    return err(
      `Anybody can close it after ${moment(expiry)}, or once the settler has said that nothing more is earned.`,
    );
  const paying = payments(seen);
  const isGivenUp = now > expiry + UNCLAIMED_SECONDS;
  const left = payees.flatMap((payee, line) =>
    outstanding(payee) > 0n && !paying.lines.includes(line) ? [{ line, payee }] : [],
  );
  const waits = waiting(seen, paying.lines);
  const isWaiting = isGivenUp ? left.some(({ line }) => takes[line]) : waits.length > 0;
  if (isWaiting) return err(`It cannot be closed yet. ${waits.join(" ")}`);
  const at = { program, escrow, vault, mint, tokenProgram, refund, rentPayer, payer, settler };
  const unclaimed = left.map(({ line, payee }) => ({ line, account: payee.account }));
  return ok({
    instructions: [...paying.instructions, close({ ...at, by: "anyone", unclaimed })],
    by: null,
    says: [
      ...paying.says,
      ...left.map(({ line, payee }) => `${usdc(outstanding(payee))} that ${named(line, payee)} never took return.`),
      `The rest returns to ${refund}, and the rent to ${rentPayer}.`,
    ],
  });
}

function disputing({ program, escrow, account, now }: Seen, lines: readonly number[]): Result<Act, string> {
  const { payer, arbiter, payees } = account;
  const says: string[] = [];
  for (const line of lines) {
    const payee = payees[line];
    if (!payee) return err(`There is no line ${line + 1}: the table has ${payees.length}.`);
    if (payee.held === 0n || now >= payee.heldUntil)
      return err(`Nothing of ${named(line, payee)} can be disputed now: its window is over, or nothing was earned.`);
    says.push(`${usdc(payee.held)} of ${named(line, payee)} stay until ${arbiter} has divided them.`);
  }
  return ok({ instructions: [dispute({ program, escrow, payer, lines })], by: payer, says });
}

const MOST_LIFE_SECONDS = 366n * 86_400n; // programs/rules/src/escrow/open.rs

function extending({ program, escrow, account, now }: Seen, seconds: bigint): Result<Act, string> {
  const { payer, state, openedAt } = account;
  if (state === "finished") return err("Nothing more is earned in it: more time would change nothing.");
  if (now > account.expiry) return err(`It expired at ${moment(account.expiry)}. Close it.`);
  const [settleBy, expiry] = [account.settleBy + seconds, account.expiry + seconds];
  const latest = openedAt + MOST_LIFE_SECONDS;
  if (expiry > latest) return err(`It can be extended until ${moment(latest)} at the latest.`);
  const says = [
    `Payees can earn until ${moment(settleBy)}, and it expires at ${moment(expiry)}. Neither is taken back.`,
  ];
  return ok({ instructions: [extend({ program, escrow, payer, settleBy, expiry })], by: payer, says });
}

function resolving(
  { program, escrow, account, now }: Seen,
  { line, toPayee }: Extract<Deed, { does: "resolve" }>,
): Result<Act, string> {
  const { arbiter, refund, payees } = account;
  const payee = payees[line];
  if (!payee) return err(`There is no line ${line + 1}: the table has ${payees.length}.`);
  if (payee.disputed === 0n || now >= payee.decideBy)
    return err(`Nothing of ${named(line, payee)} is disputed now, or it was not decided in time and is the payee's.`);
  if (toPayee > payee.disputed) return err(`Only ${usdc(payee.disputed)} of ${named(line, payee)} are disputed.`);
  const says = [
    `${usdc(toPayee)} go to ${named(line, payee)}, ${usdc(payee.disputed - toPayee)} back to the payer (${refund}).`,
  ];
  return ok({ instructions: [resolve({ program, escrow, arbiter, line, toPayee })], by: arbiter, says });
}
