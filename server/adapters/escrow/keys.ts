import { readFileSync, statSync } from "node:fs";
import { createKeyPairSignerFromPrivateKeyBytes, type KeyPairSigner } from "@solana/kit";

const OTHERS = 0o077;

/**
 * A key of the worker's, from a file of 32 bytes in hex that nobody else may read. Errors: throws with what to do about it;
 * what is in the file is never said.
 */
export async function signerFrom(file: string, role: string): Promise<KeyPairSigner> {
  if (statSync(file).mode & OTHERS) throw new Error(`Others can read the key of the ${role}: chmod 600 ${file}`);
  const text = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Error(`The key of the ${role} is no key: 32 bytes in hex are expected in ${file}`);
  return createKeyPairSignerFromPrivateKeyBytes(Uint8Array.from(Buffer.from(text, "hex")));
}
