import { readFileSync, statSync } from "node:fs";
import { createKeyPairSignerFromBytes, createKeyPairSignerFromPrivateKeyBytes, type KeyPairSigner } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";

const OTHERS = 0o077;

/** A key from a file that nobody else may read: 32 bytes in hex, or 64 numbers as Solana's own tools write them. */
export async function signerIn(file: string): Promise<Result<KeyPairSigner, string>> {
  if (statSync(file).mode & OTHERS) return err(`Others can read this key: chmod 600 ${file}`);
  const text = readFileSync(file, "utf8").trim();
  try {
    if (/^[0-9a-f]{64}$/i.test(text))
      return ok(await createKeyPairSignerFromPrivateKeyBytes(Uint8Array.from(Buffer.from(text, "hex"))));
    if (/^\[[\d,\s]+\]$/.test(text)) return ok(await createKeyPairSignerFromBytes(Uint8Array.from(JSON.parse(text))));
  } catch {
    // What is in the file is never said.
  }
  return err(`${file} holds no key: 32 bytes in hex are expected, or a file of Solana's own tools.`);
}
