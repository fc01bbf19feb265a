import {
  type Address,
  appendTransactionMessageInstructions,
  type Base64EncodedWireTransaction,
  compileTransaction,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getSignatureFromTransaction,
  type Instruction,
  type KeyPairSigner,
  pipe,
  type Signature,
  setTransactionMessageComputeUnitPrice,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransaction,
  type Transaction,
} from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import { refusalIn } from "@/programs/clients/refusal-in";
import type { Chain } from "./seen";

const CONFIRMED = { commitment: "confirmed" } as const;
const LOOK_MS = 400;

/** `price`: millionths of a lamport for a compute unit, paid to be taken sooner. */
export type Wanted = { feePayer: Address; instructions: readonly Instruction[]; price: bigint };
export type Built = { transaction: Transaction; lastValidBlockHeight: bigint };

/** A whole transaction without a signature. It can be signed and sent until the chain is past the height. */
export async function built(chain: Chain, { feePayer, instructions, price }: Wanted): Promise<Built> {
  const { value: lifetime } = await chain.getLatestBlockhash(CONFIRMED).send();
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageComputeUnitPrice(price, empty),
    (priced) => setTransactionMessageFeePayer(feePayer, priced),
    (paid) => setTransactionMessageLifetimeUsingBlockhash(lifetime, paid),
    (timed) => appendTransactionMessageInstructions(instructions, timed),
  );
  return { transaction: compileTransaction(message), lastValidBlockHeight: lifetime.lastValidBlockHeight };
}

/** As other tools take it, base64. */
export const wireOf = (transaction: Transaction): Base64EncodedWireTransaction =>
  getBase64EncodedWireTransaction(transaction);

/** Whether the chain would take it as it is now. Nothing is sent and nothing is signed by that. */
export async function rehearsed(chain: Chain, { transaction }: Built): Promise<Result<null, string>> {
  const config = { ...CONFIRMED, encoding: "base64", sigVerify: false } as const;
  const { value } = await chain.simulateTransaction(wireOf(transaction), config).send();
  if (value.err === "AccountNotFound") return err("Who pays the fee has no SOL: send some to that address first.");
  return value.err === null
    ? ok(null)
    : err(`The chain would refuse it: ${refusalIn(value.logs ?? []) ?? plain(value.err)}.`);
}

/**
 * Signs and sends, the same bytes again while nothing is seen of them, until it is known what became of them: its signature
 * once it is confirmed. Errors: a sentence; a server that no longer answers leaves it unknown, and the signature is told.
 */
export async function landed(chain: Chain, wanted: Built, signer: KeyPairSigner): Promise<Result<string, string>> {
  const signed = await signTransaction([signer.keyPair], wanted.transaction);
  const signature = getSignatureFromTransaction(signed);
  try {
    return await followed(chain, { signed, signature, lastValidBlockHeight: wanted.lastValidBlockHeight });
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    return err(`It is not known what became of ${signature}: ${reason}. Look with show before you do it again.`);
  }
}

type Signed = Awaited<ReturnType<typeof signTransaction>>;
type Followed = { signed: Signed; signature: Signature; lastValidBlockHeight: bigint };

async function followed(
  chain: Chain,
  { signed, signature, lastValidBlockHeight }: Followed,
): Promise<Result<string, string>> {
  for (;;) {
    const height = await chain.getBlockHeight({ commitment: "finalized" }).send(); // before the look: past it, it never lands
    const { value } = await chain.getSignatureStatuses([signature], { searchTransactionHistory: true }).send();
    const [status] = value;
    if (status?.err) return err(`It was refused, and nothing moved: ${plain(status.err)} (${signature})`);
    if (status && status.confirmationStatus !== "processed") return ok(signature);
    if (!status && height > lastValidBlockHeight)
      return err("It did not reach the chain in time, and never will. Try again.");
    const config = { encoding: "base64", skipPreflight: true, maxRetries: 0n } as const;
    if (!status) await chain.sendTransaction(wireOf(signed), config).send();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

const plain = (failure: unknown): string =>
  JSON.stringify(failure, (_, value) => (typeof value === "bigint" ? Number(value) : value));
