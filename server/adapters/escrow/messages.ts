import {
  type Address,
  appendTransactionMessageInstructions,
  type Blockhash,
  compileTransaction,
  createTransactionMessage,
  getBase58Decoder,
  getBase64EncodedWireTransaction,
  getPublicKeyFromAddress,
  getTransactionDecoder,
  type Instruction,
  type KeyPairSigner,
  partiallySignTransaction,
  pipe,
  type SignatureBytes,
  setTransactionMessageComputeUnitLimit,
  setTransactionMessageComputeUnitPrice,
  setTransactionMessageConfig,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
  type Transaction,
  verifySignature,
} from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Lifetime } from "@/flows/ports/chain";

export type Version = 0 | 1;

/** What fits into one packet, by version. Units: bytes. */
const MOST_BYTES: Record<Version, number> = { 0: 1_232, 1: 4_096 };
const LOADED_BYTES = 1_000_000;
const MICROLAMPORTS = 1_000_000n;

/** Units: compute units, and millionths of a lamport for each. */
export type Limits = { computeUnits: number; price: bigint };

/** What a transaction may take while it is rehearsed. Units: compute units. */
export const REHEARSED_UNITS = 400_000;

/** A tenth more than it was seen to take: what others do meanwhile can change it a little. */
export const roomFor = (computeUnits: number): number => Math.ceil(computeUnits * 1.1) + 1_000;

export type Message = {
  version: Version;
  feePayer: Address;
  lifetime: Lifetime;
  limits: Limits;
  instructions: readonly Instruction[];
};

/** A whole transaction without a signature, base64. */
export function unsigned(message: Message): string {
  return getBase64EncodedWireTransaction(compiled(message));
}

/** Its message alone, base64: what the chain tells the fee of. */
export function messageOf(transaction: string): string {
  return Buffer.from(read(transaction).messageBytes).toString("base64");
}

export function fits(transaction: string, version: Version): boolean {
  return Buffer.from(transaction, "base64").length <= MOST_BYTES[version];
}

function compiled({ version, feePayer, lifetime, limits, instructions }: Message): Transaction {
  const { lastValidBlockHeight } = lifetime;
  const lives = { blockhash: lifetime.blockhash as Blockhash, lastValidBlockHeight };
  if (version === 1) {
    const priorityFeeLamports = (limits.price * BigInt(limits.computeUnits) + MICROLAMPORTS - 1n) / MICROLAMPORTS;
    const config = {
      computeUnitLimit: limits.computeUnits,
      priorityFeeLamports,
      loadedAccountsDataSizeLimit: LOADED_BYTES,
    };
    return compileTransaction(
      pipe(
        createTransactionMessage({ version: 1 }),
        (empty) => setTransactionMessageConfig(config, empty),
        (limited) => setTransactionMessageFeePayer(feePayer, limited),
        (paid) => setTransactionMessageLifetimeUsingBlockhash(lives, paid),
        (timed) => appendTransactionMessageInstructions(instructions, timed),
      ),
    );
  }
  return compileTransaction(
    pipe(
      createTransactionMessage({ version: 0 }),
      (empty) => setTransactionMessageComputeUnitLimit(limits.computeUnits, empty),
      (limited) => setTransactionMessageComputeUnitPrice(limits.price, limited),
      (priced) => setTransactionMessageFeePayer(feePayer, priced),
      (paid) => setTransactionMessageLifetimeUsingBlockhash(lives, paid),
      (timed) => appendTransactionMessageInstructions(instructions, timed),
    ),
  );
}

function read(transaction: string): Transaction {
  return getTransactionDecoder().decode(Uint8Array.from(Buffer.from(transaction, "base64")));
}

/** Signs what others may have signed already. Errors: TypeError when a signature is still missing, which is a bug in the caller. */
export async function signedBy(
  transaction: string,
  signers: readonly KeyPairSigner[],
): Promise<{ bytes: string; signature: string }> {
  const found = read(transaction);
  const asked = signers.filter(({ address }) => address in found.signatures);
  const signed = await partiallySignTransaction(
    asked.map(({ keyPair }) => keyPair),
    found,
  );
  const missing = Object.entries(signed.signatures).find(([, signature]) => signature === null);
  const [first] = Object.values(signed.signatures);
  if (missing || !first) throw new TypeError(`the signature of ${missing?.[0] ?? "the fee payer"} is missing`);
  return { bytes: getBase64EncodedWireTransaction(signed), signature: getBase58Decoder().decode(first) };
}

/**
 * Whether a wallet signed exactly what it was offered: the same message, byte for byte, and its own signature on it. A
 * wallet that adds a tip of its own has signed something else.
 */
export async function isSignedAsOffered(
  offered: string,
  { signed, wallet }: { signed: string; wallet: string },
): Promise<Result<null, string>> {
  const [wanted, given] = [read(offered), readFrom(signed)];
  if (!given) return err("This is no transaction.");
  if (!Buffer.from(wanted.messageBytes).equals(Buffer.from(given.messageBytes)))
    return err("The wallet signed another transaction than the one that was shown.");
  const signature = Object.entries(given.signatures).find(([address]) => address === wallet)?.[1];
  if (!signature) return err(`The signature of ${wallet} is missing.`);
  const key = await getPublicKeyFromAddress(wallet as Address);
  const holds = await verifySignature(key, signature as SignatureBytes, given.messageBytes);
  return holds ? ok(null) : err(`The signature of ${wallet} does not fit.`);
}

/** From anywhere: what cannot be read is nothing. */
function readFrom(transaction: string): Transaction | null {
  try {
    return read(transaction);
  } catch (problem) {
    if (problem instanceof Error) return null;
    throw problem;
  }
}
