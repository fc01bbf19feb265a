const SIGNATURE = 64;
const KEY = 32;

/** A transaction as it travels: signatures first, then the message that they are over. */
type Opened = { signatures: number; message: number; signers: readonly Uint8Array[] };

/**
 * A transaction with one more signature, at the place of its signer; null when the bytes are no transaction or the key has
 * none to give. Source: solana.com/docs/core/transactions, "Transaction structure" (read 2026-11-21).
 */
export function putSignature(
  transaction: Uint8Array,
  { publicKey, sign }: { publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array },
): Uint8Array<ArrayBuffer> | null {
  const opened = openTransaction(transaction);
  const place = opened?.signers.findIndex((key) => key.every((byte, at) => byte === publicKey[at])) ?? -1;
  if (!opened || place < 0) return null;
  const signed = Uint8Array.from(transaction);
  signed.set(sign(transaction.subarray(opened.message)), opened.signatures + place * SIGNATURE);
  return signed;
}

function openTransaction(bytes: Uint8Array): Opened | null {
  const count = compact(bytes, 0);
  if (!count) return null;
  const message = count.next + count.value * SIGNATURE;
  const versioned = (bytes[message] ?? 0) >= 128 ? 1 : 0;
  const required = bytes[message + versioned];
  const keys = compact(bytes, message + versioned + 3);
  if (required !== count.value || !keys || keys.next + keys.value * KEY > bytes.length || required > keys.value)
    return null;
  const signers = Array.from({ length: required }, (_, at) =>
    bytes.subarray(keys.next + at * KEY, keys.next + (at + 1) * KEY),
  );
  return { signatures: count.next, message, signers };
}

/** A length in one byte to three, seven bits each. */
function compact(bytes: Uint8Array, from: number): { value: number; next: number } | null {
  let value = 0;
  for (let at = 0; at < 3; at++) {
    const byte = bytes[from + at];
    if (byte === undefined) return null;
    value |= (byte & 127) << (7 * at);
    if (byte < 128) return { value, next: from + at + 1 };
  }
  return null;
}
