import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Digest } from "../basics/ids";
import { canonicalJson } from "./canonical";

/** SHA-256 over the UTF-8 bytes of the canonical JSON: the one way in which this project names content. [C4] */
export function digestOf(value: unknown): Digest {
  return sha256Hex(canonicalJson(value));
}

/** SHA-256 of a text, in hex. */
export function sha256Hex(text: string): Digest {
  return Digest.parse(bytesToHex(sha256(utf8ToBytes(text))));
}

/** SHA-256 over parts one after the other, in hex: what `sha256Hex` gives for their text as a whole. */
export function sha256OfParts(parts: Iterable<Uint8Array>): Digest {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return Digest.parse(bytesToHex(hash.digest()));
}
