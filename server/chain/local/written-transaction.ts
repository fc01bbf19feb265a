import { getBase58Decoder, getBase64Decoder, getBase64Encoder } from "@solana/kit";
import { z } from "zod";
import { ok, type Result } from "@/flows/basics/result";
import type { Landed } from "./journal";
import type { Wire } from "./json";
import { asksToWrite, type Parcel, type Placed, readParcel } from "./message";
import { type RpcError, refuse } from "./rpc-error";

const base58 = getBase58Decoder();
const base64 = getBase64Decoder();

export const TransactionEncoding = z.enum(["json", "jsonParsed", "base58", "base64"], {
  error: "is none of json, jsonParsed, base58 and base64",
});
export type Wanted = {
  readonly encoding?: z.infer<typeof TransactionEncoding> | null | undefined;
  readonly maxSupportedTransactionVersion?: number | null | undefined;
};

/**
 * A transaction that landed, as Solana's servers write it.
 * Errors: -32015 when it is of a version that the asker did not say to understand.
 */
export function writeTransaction(landed: Landed, wanted: Wanted): Result<{ [name: string]: Wire }, RpcError> {
  const wire = Uint8Array.from(getBase64Encoder().encode(landed.wire));
  const read = readParcel(wire);
  if (!read.ok) throw new Error(`A transaction in the journal cannot be read: ${read.error}`);
  const { version } = read.value;
  const most = wanted.maxSupportedTransactionVersion;
  if (version !== "legacy" && (typeof most !== "number" || version > most))
    return refuse(
      "version",
      `Transaction version (${version}) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": ${version}`,
    );
  const shown = typeof most === "number" ? { version } : {};
  return ok({
    transaction: transactionOf(read.value, landed, wanted.encoding ?? "json"),
    meta: metaOf(landed),
    ...shown,
  });
}

/** What happened: fee, balances, logs. */
export function metaOf(landed: Landed): { [name: string]: Wire } {
  const { failure, returned } = landed;
  return {
    computeUnitsConsumed: landed.computeUnits,
    err: failure,
    fee: BigInt(landed.fee),
    innerInstructions: landed.inner,
    loadedAddresses: landed.loaded,
    logMessages: landed.logs,
    postBalances: landed.after.map(BigInt),
    postTokenBalances: landed.tokensAfter,
    preBalances: landed.before.map(BigInt),
    preTokenBalances: landed.tokensBefore,
    ...(returned ? { returnData: returned } : {}),
    rewards: [],
    status: failure === null ? { Ok: null } : { Err: failure },
  };
}

function transactionOf(parcel: Parcel, landed: Landed, encoding: z.infer<typeof TransactionEncoding>): Wire {
  switch (encoding) {
    case "base58":
      return [base58.decode(parcel.wire), "base58"];
    case "base64":
      return [base64.decode(parcel.wire), "base64"];
    case "json":
      return { message: messageOf(parcel), signatures: parcel.signatures };
    case "jsonParsed":
      return { message: parsedMessage(parcel, landed), signatures: parcel.signatures };
  }
}

function messageOf(parcel: Parcel): Wire {
  const { header, lookups, version } = parcel;
  const tables = lookups.map(({ table, writable, readonly }) => ({
    accountKey: table,
    writableIndexes: writable,
    readonlyIndexes: readonly,
  }));
  return {
    accountKeys: parcel.accounts,
    header: {
      numReadonlySignedAccounts: header.readonlySigners,
      numReadonlyUnsignedAccounts: header.readonlyOthers,
      numRequiredSignatures: header.signers,
    },
    instructions: parcel.instructions.map(({ program, accounts, data }) => ({
      accounts,
      data: base58.decode(data),
      programIdIndex: program,
      stackHeight: null,
    })),
    recentBlockhash: parcel.blockhash,
    ...(version === 0 ? { addressTableLookups: tables } : {}),
  };
}

/** With addresses in place of numbers. No instruction is taken apart: that is what programs' own clients are for. */
function parsedMessage(parcel: Parcel, { keys, loaded }: Landed): Wire {
  const accountKeys = keys.map((pubkey, place) => {
    const own = place < parcel.accounts.length;
    const writable = own ? asksToWrite(parcel, place) : place < parcel.accounts.length + loaded.writable.length;
    return { pubkey, signer: place < parcel.header.signers, source: own ? "transaction" : "lookupTable", writable };
  });
  const instruction = ({ program, accounts, data }: Placed): Wire => ({
    accounts: accounts.map((place) => keys[place] ?? ""),
    data: base58.decode(data),
    programId: keys[program] ?? "",
    stackHeight: null,
  });
  return { accountKeys, instructions: parcel.instructions.map(instruction), recentBlockhash: parcel.blockhash };
}
