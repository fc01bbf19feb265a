import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

type RsaKey = { modulus: Uint8Array; exponent: Uint8Array };

/** What stands before a digest of SHA-256 (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = "3031300d060960864801650304020105000420";

/**
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2), as some authenticators sign. The whole of what was padded is built anew and
 * compared: to look for the digest in what was signed is how such signatures have been forged.
 */
export function isSignedByRsa(signature: Uint8Array, message: Uint8Array, { modulus, exponent }: RsaKey): boolean {
  if (signature.length !== modulus.length) return false;
  const [signed, key] = [numberOf(signature), numberOf(modulus)];
  if (key % 2n === 0n || signed >= key) return false;
  const opened = power(signed, numberOf(exponent), key)
    .toString(16)
    .padStart(modulus.length * 2, "0");
  const told = DIGEST_INFO + bytesToHex(sha256(message));
  return opened === `0001${"ff".repeat(modulus.length - 3 - told.length / 2)}00${told}`;
}

const numberOf = (bytes: Uint8Array) => BigInt(`0x${bytesToHex(bytes) || "0"}`);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
