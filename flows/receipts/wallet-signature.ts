import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Whether a wallet signed a message: Ed25519 over its UTF-8 bytes, as wallets of Solana do. The address is the public key in
 * base58, the signature base58, too. False for whatever is malformed.
 */
export function isSignedByWallet(
  { message, signature }: { message: string; signature: string },
  address: string,
): boolean {
  const [key, signed] = [base58(address, 32), base58(signature, 64)];
  if (!key || !signed) return false;
  try {
    return ed25519.verify(signed, utf8ToBytes(message), key, { zip215: false });
  } catch (thrown) {
    if (thrown instanceof Error) return false; // bytes that are no point of the curve sign nothing
    throw thrown;
  }
}

const LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Exactly so many bytes, or null. */
function base58(text: string, bytes: number): Uint8Array | null {
  if (text.length === 0 || text.length > bytes * 2) return null;
  let value = 0n;
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return null;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16).padStart(bytes * 2, "0");
  if (hex.length !== bytes * 2) return null;
  return Uint8Array.from({ length: bytes }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
