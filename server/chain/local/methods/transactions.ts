import { z } from "zod";
import { err, ok, type Result } from "@/flows/basics/result";
import { WINDOW } from "../blockhashes";
import type { Chain } from "../chain";
import { Encoding, readBytes, writeAccount } from "../encoding";
import type { Known } from "../history";
import type { Wire } from "../json";
import type { Run, Simulated } from "../machine";
import { type Parcel, readParcel } from "../message";
import {
  Commitments,
  inContext,
  type Method,
  method,
  Pubkey,
  Reading,
  type Room,
  reading,
  Signature,
  Whole,
  withOptions,
} from "../method";
import { sentenceOf } from "../refusals";
import { type Answer, type RpcError, refuse, rpcError } from "../rpc-error";
import { TransactionEncoding, writeTransaction } from "../written-transaction";

const MOST_STATUSES = 256;
const MOST_LISTED = 1_000;

const SendEncoding = z.enum(["base58", "base64"], { error: "is neither base58 nor base64" });
const SendOptions = z.object({
  encoding: SendEncoding.nullish(),
  skipPreflight: z.boolean().nullish(),
  preflightCommitment: Commitments.nullish(),
  maxRetries: Whole.nullish(),
  minContextSlot: Whole.nullish(),
});

function parcelIn(text: string, encoding: "base58" | "base64"): Result<Parcel, RpcError> {
  const wire = readBytes(text, encoding);
  if (!wire) return refuse("params", `invalid ${encoding} encoding`);
  const read = readParcel(wire);
  return read.ok ? read : refuse("params", `failed to deserialize transaction: ${read.error}`);
}

const failedPreflight = (run: Run): RpcError =>
  rpcError("preflight", `Transaction simulation failed: ${sentenceOf(run.failure ?? "", run.logs)}`, {
    accounts: null,
    ...told(run),
  });

const told = (run: Run): { [name: string]: Wire } => ({
  err: run.failure,
  fee: run.fee,
  innerInstructions: null,
  loadedAccountsDataSize: 0,
  logs: run.logs,
  returnData: run.returned,
  unitsConsumed: run.computeUnits,
});

/** Takes a transaction in, and says its name when it is on the disk. */
async function land(chain: Chain, parcel: Parcel, skipPreflight: boolean): Promise<Answer> {
  if (!skipPreflight) {
    const tried = chain.simulate(parcel, { signatures: true, blockhash: true });
    if (tried.failure !== null) return err(failedPreflight(tried));
  }
  const taken = chain.take(parcel);
  // Without preflight a server hands the transaction on and never hears what became of it.
  if (!taken.ok && !skipPreflight) return err(failedPreflight(taken.run));
  await chain.synced();
  return ok(parcel.signature);
}

const sendTransaction = method(withOptions(z.string(), SendOptions), async (room, [text, options]) => {
  const { chain } = room;
  const read = parcelIn(text, options?.encoding ?? "base58");
  if (!read.ok) return read;
  const parcel = read.value;
  if (!parcel.whole) return refuse("signatures", "Transaction signature verification failure");
  const context = reading(room, { ...options, commitment: "processed" }, () => ok(null));
  if (!context.ok) return context;
  return land(chain, parcel, options?.skipPreflight ?? false);
});

const SimulateOptions = Reading.extend({
  encoding: SendEncoding.nullish(),
  sigVerify: z.boolean().nullish(),
  replaceRecentBlockhash: z.boolean().nullish(),
  innerInstructions: z.boolean().nullish(),
  accounts: z.object({ addresses: z.array(Pubkey).max(100), encoding: Encoding.nullish() }).nullish(),
});

const simulateTransaction = method(withOptions(z.string(), SimulateOptions), (room, [text, options]) => {
  const { chain } = room;
  const replace = options?.replaceRecentBlockhash ?? false;
  const signatures = options?.sigVerify ?? false;
  if (replace && signatures) return refuse("params", "sigVerify may not be used with replaceRecentBlockhash");
  const read = parcelIn(text, options?.encoding ?? "base58");
  if (!read.ok) return read;
  if (signatures && !read.value.whole) return refuse("signatures", "Transaction signature verification failure");
  return reading(room, options, (slot) => {
    const run = chain.simulate(read.value, { signatures, blockhash: !replace });
    const accounts = accountsAfter(room, run, options?.accounts);
    if (!accounts.ok) return accounts;
    return inContext(slot, {
      ...told(run),
      accounts: accounts.value,
      ...(options?.innerInstructions ? { innerInstructions: run.inner } : {}),
      ...(replace ? { replacementBlockhash: newestBlockhash(chain) } : {}),
    });
  });
});

/** The accounts that were asked for, as the transaction would leave them; unknown ones after a failure. */
function accountsAfter(
  { chain }: Room,
  run: Simulated,
  wanted: z.infer<typeof SimulateOptions>["accounts"],
): Result<Wire, RpcError> {
  if (!wanted) return ok(null);
  const accounts: Wire[] = [];
  for (const where of wanted.addresses) {
    const after = run.failure === null ? (run.accounts.get(where) ?? chain.machine.account(where)) : undefined;
    const written = after ? writeAccount(after, { encoding: wanted.encoding ?? "base64" }) : ok(null);
    if (!written.ok) return written;
    accounts.push(written.value);
  }
  return ok(accounts);
}

/** For faults: says the transaction's name as if it had been taken. */
export const nameOnly = method(withOptions(z.string(), SendOptions), (_room, [text, options]) => {
  const read = parcelIn(text, options?.encoding ?? "base58");
  return read.ok ? ok(read.value.signature) : read;
});

/** For faults: the hash of a slot that nothing can name any more. */
export const staleBlockhash = method(z.unknown(), ({ chain }) => {
  const { slot } = chain.now();
  const old = slot - WINDOW - 1; // before the first slot of a young chain, which is as little known
  return inContext(slot, { blockhash: chain.hashes.of(old), lastValidBlockHeight: old + WINDOW });
});

export const newestBlockhash = (chain: Chain) => {
  const { slot } = chain.now();
  return { blockhash: chain.hashes.of(slot), lastValidBlockHeight: slot + WINDOW };
};

const statusOf = (chain: Chain, known: Known): Wire => {
  const confirmationStatus = chain.commitmentOf(known);
  return {
    confirmationStatus,
    confirmations: confirmationStatus === "finalized" ? null : chain.now().slot - known.slot,
    err: known.failure,
    slot: known.slot,
    status: known.failure === null ? { Ok: null } : { Err: known.failure },
  };
};

const getSignatureStatuses = method(
  withOptions(z.array(Signature).max(MOST_STATUSES), z.object({ searchTransactionHistory: z.boolean().nullish() })),
  ({ chain }, [signatures, options]) => {
    const recent = chain.now().slot - WINDOW;
    const statuses = signatures.map((signature) => {
      const known = chain.history.find(signature);
      return known && (options?.searchTransactionHistory || known.slot >= recent) ? statusOf(chain, known) : null;
    });
    return inContext(chain.now().slot, statuses);
  },
);

const Wanted = Reading.extend({
  encoding: TransactionEncoding.nullish(),
  maxSupportedTransactionVersion: Whole.nullish(),
});
/** Old clients name the encoding alone. */
const WantedOrEncoding = z.union([TransactionEncoding.transform((encoding) => ({ encoding })), Wanted]);

const getTransaction = method(withOptions(Signature, WantedOrEncoding), ({ chain }, [signature, options]) => {
  const wanted: z.infer<typeof Wanted> = options ?? {};
  if (wanted.commitment === "processed")
    return refuse("params", "Method does not support commitment below `confirmed`");
  const known = chain.history.find(signature);
  if (!known || !reached(chain, known, wanted.commitment ?? "finalized")) return ok(null);
  const written = writeTransaction(chain.landed(known), wanted);
  return written.ok ? ok({ blockTime: known.time, slot: known.slot, ...written.value }) : written;
});

/** Whether a transaction is as certain as is asked. */
export function reached(chain: Chain, known: Known, commitment: z.infer<typeof Commitments>): boolean {
  const is = chain.commitmentOf(known);
  return commitment === "finalized" ? is === "finalized" : commitment === "processed" || is !== "processed";
}

const Listing = Reading.extend({
  before: Signature.nullish(),
  until: Signature.nullish(),
  limit: Whole.min(1).max(MOST_LISTED).nullish(),
});

const getSignaturesForAddress = method(withOptions(Pubkey, Listing), (room, [where, options]) =>
  reading(room, options, (_slot, commitment) => {
    const { chain } = room;
    if (commitment === "processed") return refuse("params", "Method does not support commitment below `confirmed`");
    const newest = chain.history.of(where).toReversed();
    const from = options?.before ? newest.findIndex(({ signature }) => signature === options.before) + 1 : 0;
    if (options?.before && from === 0) return ok([]);
    const rest = newest.slice(from);
    const end = options?.until ? rest.findIndex(({ signature }) => signature === options.until) : -1;
    const wanted = (end < 0 ? rest : rest.slice(0, end)).filter((known) => reached(chain, known, commitment));
    return ok(
      wanted.slice(0, options?.limit ?? MOST_LISTED).map((known) => ({
        blockTime: known.time,
        confirmationStatus: chain.commitmentOf(known),
        err: known.failure,
        memo: null,
        signature: known.signature,
        slot: known.slot,
      })),
    );
  }),
);

export const transactionMethods: Readonly<Record<string, Method>> = {
  getSignatureStatuses,
  getSignaturesForAddress,
  getTransaction,
  sendTransaction,
  simulateTransaction,
};
