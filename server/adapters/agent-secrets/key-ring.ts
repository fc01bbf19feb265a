import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Digest } from "@/flows/basics/ids";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type Sealed = { sealed: string; keyId: string };

/** `place` is bound into what is sealed: moved to another row, it cannot be opened. */
export type KeyRing = {
  current(): string;
  seal(secret: string, place: string): Sealed;
  open(sealed: Sealed, place: string): string;
};

/**
 * Keys that lie in a file outside the database, one of 32 bytes in hex on each line. The first seals; the others open what
 * they sealed before it came. Errors: throws with one sentence when there is no key, or none that sealed something.
 */
export function keyRing(keyFile: string | undefined): KeyRing {
  let keys: { id: string; key: Buffer }[] | undefined;
  const read = () => {
    if (!keyFile) throw new Error("Secrets for agents are sealed: set SECRETS_KEY_FILE to the file with the keys.");
    keys ??= readFileSync(keyFile, "utf8")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => keyOf(Buffer.from(Digest.parse(line), "hex")));
    return keys;
  };
  const first = () => {
    const [key] = read();
    if (!key) throw new Error("The file of SECRETS_KEY_FILE holds no key.");
    return key;
  };
  return {
    current: () => first().id,
    seal(secret, place) {
      const { id, key } = first();
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
      const sealed = [cipher.update(secret, "utf8"), cipher.final()];
      return { sealed: Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString("base64"), keyId: id };
    },
    open({ sealed, keyId }, place) {
      const found = read().find(({ id }) => id === keyId);
      if (!found) throw new Error(`The key ${keyId} is not in the file of SECRETS_KEY_FILE any more.`);
      const bytes = Buffer.from(sealed, "base64");
      const iv = bytes.subarray(0, IV_BYTES);
      const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
      const opened = createDecipheriv(CIPHER, found.key, iv, { authTagLength: TAG_BYTES });
      opened.setAAD(Buffer.from(place)).setAuthTag(tag);
      return Buffer.concat([opened.update(bytes.subarray(IV_BYTES + TAG_BYTES)), opened.final()]).toString("utf8");
    },
  };
}

/** A key goes by the beginning of its digest, which tells nothing of it. */
function keyOf(key: Buffer) {
  return { id: createHash("sha256").update(key).digest("hex").slice(0, 16), key };
}
