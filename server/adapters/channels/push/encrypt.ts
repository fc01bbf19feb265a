import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

/** What a browser gave with its subscription, in base64url: its public key and the secret that it shares with us. */
export type Subscriber = { p256dh: string; auth: string };

const CURVE = "prime256v1";
const RECORD_BYTES = 4_096;
const TAG_BYTES = 16;
/** What a push service has to take is 4,096 bytes, headers of the encryption among them. */
export const MOST_BYTES = RECORD_BYTES - 86 - TAG_BYTES - 1;
const LAST_RECORD = 2;

/**
 * A message that only the browser can read, in one record of aes128gcm. `salt` and `ephemeral` are chance; tests give those of
 * the standard's example. Errors: throws when a key is none, or the text is longer than `MOST_BYTES`.
 * Source: RFC 8291 and RFC 8188.
 */
export function encrypt(
  text: Uint8Array,
  { p256dh, auth }: Subscriber,
  chance: { salt: Buffer; ephemeral: Buffer | null } = { salt: randomBytes(16), ephemeral: null },
): Buffer<ArrayBuffer> {
  if (text.byteLength > MOST_BYTES) throw new RangeError(`a push message has at most ${MOST_BYTES} bytes`);
  const ours = createECDH(CURVE);
  if (chance.ephemeral) ours.setPrivateKey(chance.ephemeral);
  else ours.generateKeys();
  const theirs = Buffer.from(p256dh, "base64url");
  const shared = ours.computeSecret(theirs);
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, ours.getPublicKey()]);
  const material = derive({ from: shared, salt: Buffer.from(auth, "base64url"), about }, 32);
  const key = derive({ from: material, salt: chance.salt, about: Buffer.from("Content-Encoding: aes128gcm\0") }, 16);
  const nonce = derive({ from: material, salt: chance.salt, about: Buffer.from("Content-Encoding: nonce\0") }, 12);
  const cipher = createCipheriv("aes-128-gcm", key, nonce, { authTagLength: TAG_BYTES });
  const sealed = [cipher.update(text), cipher.update(Buffer.from([LAST_RECORD])), cipher.final(), cipher.getAuthTag()];
  const record = Buffer.alloc(4);
  record.writeUInt32BE(RECORD_BYTES);
  const header = [chance.salt, record, Buffer.from([ours.getPublicKey().length]), ours.getPublicKey()];
  return Buffer.concat([...header, ...sealed]);
}

type Derived = { from: Uint8Array; salt: Uint8Array; about: Uint8Array };

function derive({ from, salt, about }: Derived, bytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", from, salt, about, bytes));
}
