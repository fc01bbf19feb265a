import type { Address, Instruction } from "@solana/kit";
import { instruction, reads, signs, signsAndWrites, writes } from "./account-roles";
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from "./escrow-addresses";
import { key, number, rows } from "./packing";

/** Program, escrow and the accounts that go with it: what every call about an open escrow names. */
export type EscrowAccounts = {
  readonly program: Address;
  readonly escrow: Address;
  readonly vault: Address;
  readonly mint: Address;
  readonly tokenProgram?: Address;
};

type LineAmount = { readonly line: number; readonly amount: bigint };
type PayeeAccount = { readonly line: number; readonly account: Address };

const lineAmounts = (lines: readonly LineAmount[]) =>
  rows(lines, ({ line, amount }) => [number(line, 1), number(amount, 8)]);
const lineNumbers = (lines: readonly { readonly line: number }[]) => rows(lines, ({ line }) => [number(line, 1)]);

export type Open = EscrowAccounts & {
  readonly payer: Address;
  readonly rentPayer: Address;
  /** The payer's token account that the cap comes from, and the one that the rest returns to. */
  readonly source: Address;
  readonly refund: Address;
  readonly config: Address;
  readonly run: Uint8Array;
  readonly planHash: Uint8Array;
  readonly settler: Address;
  readonly arbiter: Address;
  readonly feeAccount: Address;
  readonly cap: bigint;
  readonly feeBps: number;
  readonly windowSeconds: number;
  readonly settleBy: bigint;
  readonly expiry: bigint;
  readonly payees: readonly { readonly account: Address; readonly cap: bigint }[];
};

export const open = (ask: Open): Instruction =>
  instruction(
    ask.program,
    [
      signs(ask.payer),
      signsAndWrites(ask.rentPayer),
      writes(ask.escrow),
      writes(ask.vault),
      writes(ask.source),
      reads(ask.refund),
      reads(ask.mint),
      reads(ask.config),
      reads(ask.tokenProgram ?? TOKEN_PROGRAM),
      reads(SYSTEM_PROGRAM),
    ],
    [
      number(0, 1),
      ask.run,
      ask.planHash,
      key(ask.settler),
      key(ask.arbiter),
      key(ask.feeAccount),
      number(ask.cap, 8),
      number(ask.feeBps, 2),
      number(ask.windowSeconds, 4),
      number(ask.settleBy, 8),
      number(ask.expiry, 8),
      rows(ask.payees, ({ account, cap }) => [key(account), number(cap, 8)]),
    ],
  );

export type TopUp = EscrowAccounts & {
  readonly payer: Address;
  readonly source: Address;
  readonly amount: bigint;
  readonly raises: readonly LineAmount[];
};

export const topUp = (ask: TopUp): Instruction =>
  instruction(
    ask.program,
    [
      signs(ask.payer),
      writes(ask.escrow),
      writes(ask.vault),
      writes(ask.source),
      reads(ask.mint),
      reads(ask.tokenProgram ?? TOKEN_PROGRAM),
    ],
    [number(1, 1), number(ask.amount, 8), lineAmounts(ask.raises)],
  );

type OfPayer = { readonly program: Address; readonly payer: Address; readonly escrow: Address };

export const extend = (ask: OfPayer & { readonly settleBy: bigint; readonly expiry: bigint }): Instruction =>
  instruction(
    ask.program,
    [signs(ask.payer), writes(ask.escrow)],
    [number(2, 1), number(ask.settleBy, 8), number(ask.expiry, 8)],
  );

export type Settle = {
  readonly program: Address;
  readonly escrow: Address;
  readonly settler: Address;
  readonly config: Address;
  /** How many settlements came before. */
  readonly sequence: bigint;
  readonly receiptRoot: Uint8Array;
  /** Whether nothing more will be earned: then the rest returns as soon as everybody is paid. */
  readonly last: "last" | "more_to_come";
  readonly lines: readonly LineAmount[];
};

export const settle = (ask: Settle): Instruction =>
  instruction(
    ask.program,
    [signs(ask.settler), writes(ask.escrow), reads(ask.config)],
    [
      number(3, 1),
      number(ask.sequence, 8),
      ask.receiptRoot,
      number(ask.last === "last" ? 1 : 0, 1),
      lineAmounts(ask.lines),
    ],
  );

export const dispute = (ask: OfPayer & { readonly lines: readonly number[] }): Instruction =>
  instruction(
    ask.program,
    [signs(ask.payer), writes(ask.escrow)],
    [number(4, 1), lineNumbers(ask.lines.map((line) => ({ line })))],
  );

export type Resolve = {
  readonly program: Address;
  readonly arbiter: Address;
  readonly escrow: Address;
  readonly line: number;
  readonly toPayee: bigint;
};

export const resolve = (ask: Resolve): Instruction =>
  instruction(
    ask.program,
    [signs(ask.arbiter), writes(ask.escrow)],
    [number(5, 1), number(ask.line, 1), number(ask.toPayee, 8)],
  );

export type Release = EscrowAccounts & { readonly feeAccount: Address; readonly payees: readonly PayeeAccount[] };

export const release = (ask: Release): Instruction =>
  instruction(
    ask.program,
    [
      writes(ask.escrow),
      writes(ask.vault),
      reads(ask.mint),
      reads(ask.tokenProgram ?? TOKEN_PROGRAM),
      writes(ask.feeAccount),
      ...ask.payees.map(({ account }) => writes(account)),
    ],
    [number(6, 1), lineNumbers(ask.payees)],
  );

export type Close = EscrowAccounts & {
  readonly refund: Address;
  readonly rentPayer: Address;
  readonly payer: Address;
  readonly settler: Address;
  /** Before its time an escrow is closed only by both. */
  readonly by: "payer_and_settler" | "anyone";
  /** Payees whose accounts have not been able to take what they earned for half a year after the expiry. */
  readonly unclaimed: readonly PayeeAccount[];
};

export const close = (ask: Close): Instruction => {
  const party = ask.by === "payer_and_settler" ? signs : reads;
  return instruction(
    ask.program,
    [
      writes(ask.escrow),
      writes(ask.vault),
      reads(ask.mint),
      reads(ask.tokenProgram ?? TOKEN_PROGRAM),
      writes(ask.refund),
      writes(ask.rentPayer),
      party(ask.payer),
      party(ask.settler),
      ...ask.unclaimed.map(({ account }) => reads(account)),
    ],
    [number(7, 1), lineNumbers(ask.unclaimed)],
  );
};
