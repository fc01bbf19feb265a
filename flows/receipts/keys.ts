import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Digest, Digest as DigestShape } from "../basics/ids";
import { sha256Hex } from "../plan/digest";

/**
 * An Ed25519 key pair. `id` is the first 16 hex digits of the SHA-256 of the public key's hex. `sign` signs the hex digits
 * of a digest, so that what is signed can be read; it is deterministic, and gives 128 hex digits.
 */
export type SigningKey = { id: string; publicKey: string; sign(hash: Digest): string };

/** Units: 32 bytes as 64 hex digits. Errors: throws when the text is none, which is a broken installation. */
export function signingKey(secretHex: string): SigningKey {
  const secret = hexToBytes(DigestShape.parse(secretHex.trim()));
  const publicKey = bytesToHex(ed25519.getPublicKey(secret));
  const sign = (hash: Digest) => bytesToHex(ed25519.sign(utf8ToBytes(hash), secret));
  return { id: keyIdOf(publicKey), publicKey, sign };
}

export function keyIdOf(publicKey: string): string {
  return sha256Hex(publicKey).slice(0, 16);
}

/** False for whatever is not the signature of this digest by this key, malformed ones included. */
export function isSignedBy(signed: { hash: string; signature: string }, publicKey: string): boolean {
  const wellFormed = /^[0-9a-f]{128}$/.test(signed.signature) && /^[0-9a-f]{64}$/.test(publicKey);
  if (!wellFormed) return false;
  return verifies(hexToBytes(signed.signature), utf8ToBytes(signed.hash), hexToBytes(publicKey));
}

/** The library throws at bytes that are no point of the curve; those sign nothing. */
function verifies(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch (thrown) {
    if (thrown instanceof Error) return false;
    throw thrown;
  }
}
