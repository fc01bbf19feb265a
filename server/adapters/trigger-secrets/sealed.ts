import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { Digest } from "@/flows/basics/ids";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `place` is bound into a sealed secret: moved to another trigger's row, it cannot be opened. */
export type TriggerSecrets = {
  /** A secret that nobody can guess, as its sender is shown it once. */
  fresh(): string;
  seal(secret: string, place: string): string;
  open(sealed: string, place: string): string;
  /** Whether a mark is the HMAC-SHA-256, in hex, of a text and the bytes after it. Takes the same time either way. */
  isSigned(secret: string, signed: { prefix: string; body: Uint8Array }, mark: string): boolean;
};

/**
 * Secrets of webhooks, sealed with a key that lies outside the database: who reads a copy of the tables signs nothing.
 * Errors: throws with one sentence when there is no key, and when something was not sealed by it for its place.
 */
export function triggerSecrets(keyFile: string | undefined): TriggerSecrets {
  let key: Buffer | undefined;
  const sealingKey = () => {
    if (!keyFile) throw new Error("Secrets of webhooks are sealed: set TRIGGER_KEY_FILE to the file with the key.");
    key ??= Buffer.from(Digest.parse(readFileSync(keyFile, "utf8").trim()), "hex");
    return key;
  };
  return {
    fresh: () => `whs_${randomBytes(32).toString("base64url")}`,
    seal(secret, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, sealingKey(), iv).setAAD(Buffer.from(place));
      const sealed = [cipher.update(secret, "utf8"), cipher.final()];
      return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString("base64");
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, "base64");
      const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
      const opened = createDecipheriv(CIPHER, sealingKey(), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      opened.setAAD(Buffer.from(place)).setAuthTag(tag);
      return Buffer.concat([opened.update(bytes.subarray(IV_BYTES + TAG_BYTES)), opened.final()]).toString("utf8");
    },
    isSigned(secret, { prefix, body }, mark) {
      const expected = createHmac("sha256", secret).update(prefix).update(body).digest();
      const given = Buffer.from(mark, "hex");
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
