import {
  type EncodedAccount,
  getBase58Decoder,
  getBase58Encoder,
  getBase64Decoder,
  getBase64Encoder,
} from "@solana/kit";
import { z } from "zod";
import { ok, type Result } from "@/flows/basics/result";
import type { Wire } from "./json";
import { type RpcError, refuse } from "./rpc-error";
import { readHolding, readMint, uiAmount } from "./token-amounts";

const base58 = getBase58Decoder();
const base64 = getBase64Decoder();
const MOST_BASE58 = 128;
const RENT_EXEMPT = 18_446_744_073_709_551_615n; // the epoch in which rent is next due: never

export const Encoding = z.enum(["base58", "base64", "jsonParsed", "base64+zstd"], {
  error: "is none of base58, base64 and jsonParsed",
});
export const Slice = z.object({ offset: z.number().int().nonnegative(), length: z.number().int().nonnegative() });
export type Shown = {
  readonly encoding?: z.infer<typeof Encoding> | null | undefined;
  readonly dataSlice?: z.infer<typeof Slice> | null | undefined;
};

/** An account as Solana's servers write it. Errors: -32600 when it is too long for base58; -32602 for zstd. */
export function writeAccount(account: EncodedAccount, shown: Shown, decimals = 0): Result<Wire, RpcError> {
  const data = writeData(account, shown, decimals);
  if (!data.ok) return data;
  const { lamports, programAddress: owner, executable, space } = account;
  return ok({ data: data.value, executable, lamports, owner, rentEpoch: RENT_EXEMPT, space });
}

function writeData(account: EncodedAccount, { encoding, dataSlice }: Shown, decimals: number): Result<Wire, RpcError> {
  const { data } = account;
  const part = dataSlice ? data.slice(dataSlice.offset, dataSlice.offset + dataSlice.length) : data;
  switch (encoding) {
    case "base64":
      return ok([base64.decode(part), "base64"]);
    case "jsonParsed":
      return ok(parsed(account, decimals) ?? [base64.decode(part), "base64"]);
    case "base64+zstd":
      return refuse("params", "Invalid params: this chain does not compress with zstd; ask for base64");
    case "base58":
    case null:
    case undefined: {
      if (part.length > MOST_BASE58)
        return refuse(
          "request",
          `Encoded binary (base 58) data should be less than ${MOST_BASE58} bytes, please use Base64 encoding.`,
        );
      const text = base58.decode(part);
      return ok(encoding ? [text, "base58"] : text);
    }
  }
}

function parsed(account: EncodedAccount, decimals: number): Wire | undefined {
  const space = account.space;
  const program = "spl-token";
  const holding = readHolding(account);
  if (holding) {
    const { mint, owner, amount, state, native, delegate, delegated, closeAuthority } = holding;
    const tokenAmount = uiAmount(amount, decimals);
    const lent = delegate ? { delegate, delegatedAmount: uiAmount(delegated, decimals) } : {};
    const info = { isNative: native, mint, owner, state, tokenAmount, ...lent, closeAuthority };
    return { parsed: { info, type: "account" }, program, space };
  }
  const mint = readMint(account);
  if (!mint) return undefined;
  const info = {
    decimals: mint.decimals,
    freezeAuthority: mint.freezeAuthority ?? null,
    isInitialized: true,
    mintAuthority: mint.mintAuthority ?? null,
    supply: mint.supply.toString(),
  };
  return { parsed: { info, type: "mint" }, program, space };
}

/** The bytes of a text in base58 or base64. */
export function readBytes(text: string, encoding: "base58" | "base64"): Uint8Array | undefined {
  try {
    return Uint8Array.from((encoding === "base64" ? getBase64Encoder() : getBase58Encoder()).encode(text));
  } catch {
    return undefined; // the client's own error, told by the caller with the parameter's name
  }
}
