import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { bytesOfBase58 } from "../basics/base58";

/**
 * Whether a wallet signed a message: Ed25519 over its UTF-8 bytes, as wallets of Solana do. The address is the public key in
 * base58, the signature base58, too. False for whatever is malformed.
 */
export function isSignedByWallet(
  { message, signature }: { message: string; signature: string },
  address: string,
): boolean {
  const [key, signed] = [bytesOfBase58(address, 32), bytesOfBase58(signature, 64)];
  if (!key || !signed) return false;
  try {
    return ed25519.verify(signed, utf8ToBytes(message), key, { zip215: false });
  } catch (thrown) {
    if (thrown instanceof Error) return false; // bytes that are no point of the curve sign nothing
    throw thrown;
  }
}
