import { type Address, address, getBase64Encoder, type Rpc, type SolanaRpcApi } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import { type EscrowAccount, type EscrowPayee, readEscrow } from "@/programs/clients/escrow-account";
import { associatedAddress } from "@/programs/clients/escrow-addresses";
import { usdc } from "./words";

/** One server of the chain, of the reader's own choice. */
export type Chain = Rpc<SolanaRpcApi>;

/** An escrow as the chain has it now. `now` is the chain's own clock, in seconds; `takes` says of each line whether its account can be paid. */
export type Seen = {
  readonly program: Address;
  readonly escrow: Address;
  readonly tokenProgram: Address;
  readonly now: bigint;
  readonly account: EscrowAccount;
  readonly takes: readonly boolean[];
};

const CLOCK = address("SysvarC1ock11111111111111111111111111111111");
const UNIX_TIME_AT = 32;
const TOKEN_ACCOUNT_BYTES = 165;
const [STATE_AT, INITIALIZED] = [108, 1];
const COMMITMENT = { commitment: "confirmed" } as const;
const WHOLE = { ...COMMITMENT, encoding: "base64" } as const;

type Told = { readonly owner: Address; readonly data: readonly [string, string] } | null;
const bytesOf = (told: NonNullable<Told>) => Uint8Array.from(getBase64Encoder().encode(told.data[0]));

/** Reads an escrow, and whether its payees' accounts take money. Errors: a sentence; throws when the server does not answer. */
export async function seenAt(
  chain: Chain,
  { program, escrow }: { program: Address; escrow: Address },
): Promise<Result<Seen, string>> {
  const { value: found } = await chain.getAccountInfo(escrow, WHOLE).send();
  if (!found) return err(`Nothing lies at ${escrow}: it was closed, or never was there.`);
  // Another program's account could say anything, and a call of that program would have your signature.
  if (found.owner !== program) return err(`What lies at ${escrow} belongs to ${found.owner}, not to ${program}.`);
  const account = readEscrow(bytesOf(found));
  if (!account) return err(`What lies at ${escrow} is no escrow.`);
  const around = [CLOCK, account.mint, ...account.payees.map((payee) => payee.account)];
  const { value } = await chain.getMultipleAccounts(around, WHOLE).send();
  const [clock, mint, ...payees] = value;
  if (!clock || !mint)
    return err("The server shows no clock, or not the token of this escrow. Ask another with --rpc.");
  const time = bytesOf(clock);
  const now = new DataView(time.buffer, time.byteOffset, time.byteLength).getBigInt64(UNIX_TIME_AT, true);
  const takes = payees.map((payee) => payee !== null && payee.owner === mint.owner && isOpen(bytesOf(payee)));
  return ok({ program, escrow, tokenProgram: mint.owner, now, account, takes });
}

const isOpen = (bytes: Uint8Array) => bytes.length >= TOKEN_ACCOUNT_BYTES && bytes[STATE_AT] === INITIALIZED;

/** An escrow that has to do with a wallet, and what the wallet is in it. */
export type Found = { readonly escrow: Address; readonly account: EscrowAccount; readonly as: readonly string[] };

/** All escrows in which a wallet, or a token account, is the payer, the arbiter or a payee. */
export async function escrowsOf(chain: Chain, { program, who }: { program: Address; who: Address }): Promise<Found[]> {
  const owned = await chain.getProgramAccounts(program, WHOLE).send();
  const found: Found[] = [];
  for (const { pubkey: escrow, account: told } of owned) {
    const account = readEscrow(bytesOf(told));
    if (!account) continue;
    const as = await rolesOf(account, who);
    if (as.length > 0) found.push({ escrow, account, as });
  }
  return found;
}

async function rolesOf({ payer, arbiter, mint, payees }: EscrowAccount, who: Address): Promise<readonly string[]> {
  const own = await associatedAddress(who, mint);
  return [
    ...(payer === who ? ["payer"] : []),
    ...(arbiter === who ? ["arbiter"] : []),
    ...payees.flatMap((payee, line) =>
      payee.account === who || payee.account === own ? [`payee of line ${line + 1}${owed(payee)}`] : [],
    ),
  ];
}

function owed({ earned, paid, returned }: EscrowPayee): string {
  const left = earned - paid - returned;
  return left > 0n ? ` (${usdc(left)} earned and not paid)` : "";
}
