import { getAddressDecoder } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainPort, ChainUnknown } from "@/flows/ports/chain";
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";

const TOKEN_ACCOUNT_BYTES = 165;
const AMOUNT_AT = 64;
const [STATE_AT, INITIALIZED, KEY_BYTES] = [108, 1, 32];
const CLOCK = "SysvarC1ock11111111111111111111111111111111";
const UNIX_TIME_AT = 32;

const wordAt = (data: Uint8Array, at: number) =>
  new DataView(data.buffer, data.byteOffset, data.byteLength).getBigUint64(at, true);

/** What lies in a token account; null when there is none. Units: the smallest of its token. */
export async function tokensIn(chain: ChainPort, address: string): Promise<Result<bigint | null, ChainUnknown>> {
  const found = await chain.account(address);
  if (!found.ok) return found;
  const account = found.value;
  const isToken = account && [TOKEN_PROGRAM, TOKEN_2022_PROGRAM].some((program) => program === account.owner);
  return ok(isToken && account.data.length >= TOKEN_ACCOUNT_BYTES ? wordAt(account.data, AMOUNT_AT) : null);
}

/** Whether a token account of a mint can be paid into: it is there, open and not frozen. */
export async function takesTokens(
  chain: ChainPort,
  { address, mint }: { address: string; mint: string },
): Promise<Result<boolean, ChainUnknown>> {
  const found = await chain.account(address);
  if (!found.ok) return found;
  const account = found.value;
  const isOpen = account?.owner === TOKEN_PROGRAM && account.data[STATE_AT] === INITIALIZED;
  return ok(isOpen && getAddressDecoder().decode(account.data.subarray(0, KEY_BYTES)) === mint);
}

/** What time it is on the chain, by which the program decides. Units: seconds. */
export async function chainSeconds(chain: ChainPort): Promise<Result<number, ChainUnknown>> {
  const found = await chain.account(CLOCK);
  if (!found.ok) return found;
  if (!found.value || found.value.data.length < UNIX_TIME_AT + 8)
    return err({ code: "outcome_unknown", reason: "The chain shows no clock." });
  return ok(Number(wordAt(found.value.data, UNIX_TIME_AT)));
}
