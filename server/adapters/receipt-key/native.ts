import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { Digest } from "@/flows/basics/ids";
import { keyIdOf, type SigningKey } from "@/flows/receipts/keys";

/** What PKCS #8 puts before the 32 bytes of an Ed25519 key, and SPKI before those of its public half. Source: RFC 8410. */
const PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_BYTES = 32;

/**
 * The key that receipts are signed with, in the machine's own crypto: every step has a signature, and this one takes a
 * twentieth of the time of the one that runs in browsers.
 * Errors: throws when the text is not 64 hex digits, which is a broken installation.
 */
export function nativeSigningKey(secretHex: string): SigningKey {
  const secret = Buffer.from(Digest.parse(secretHex.trim()), "hex");
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, secret]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key)
    .export({ format: "der", type: "spki" })
    .subarray(-PUBLIC_BYTES)
    .toString("hex");
  return { id: keyIdOf(publicKey), publicKey, sign: (hash) => sign(null, Buffer.from(hash), key).toString("hex") };
}

/** Errors: throws with one sentence when there is no key; a worker that runs must be able to sign. */
export function receiptKey(file: string | undefined): SigningKey {
  if (!file) throw new Error("The worker signs receipts: set RECEIPT_KEY_FILE to the file with its key.");
  return nativeSigningKey(readFileSync(file, "utf8"));
}
