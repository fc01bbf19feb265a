import { createECDH, createPrivateKey, hkdfSync, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";

/** The key by which push services know this studio. `publicKey` is what browsers subscribe with, in base64url. */
export type VapidKey = { publicKey: string; privateKey: KeyObject };

const VALID_S = 12 * 3_600;

/** The key in a file of 32 random bytes in hex. Errors: throws with one sentence when there is none. */
export function readVapidKey(file: string): VapidKey {
  const secret = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(secret)) throw new Error(`${file} holds no key: 64 hex digits are wanted.`);
  return vapidKey(Buffer.from(secret, "hex"));
}

/** Any secret of 32 bytes gives a key: it is stretched until it is a number below the order of the curve. */
export function vapidKey(secret: Uint8Array): VapidKey {
  const pair = createECDH("prime256v1");
  for (let round = 0; ; round++) {
    const number = Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), `vapid ${round}`, 32));
    try {
      pair.setPrivateKey(number);
      break;
    } catch {
      if (round > 9) throw new Error("No key comes of this secret."); // one in four thousand million is no number of the curve
    }
  }
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)];
  const half = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", d: half(pair.getPrivateKey()), x: half(x), y: half(y) };
  return { publicKey: half(point), privateKey: createPrivateKey({ key: jwk, format: "jwk" }) };
}

/**
 * Who sends, for one push service, for half a day. `subject` is where its operator reaches ours: a page or a mail address.
 * Source: RFC 8292.
 */
export function vapidHeader(
  { publicKey, privateKey }: VapidKey,
  { endpoint, subject, nowMs }: { endpoint: string; subject: string; nowMs: number },
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(nowMs / 1_000) + VALID_S;
  const said = `${part({ typ: "JWT", alg: "ES256" })}.${part({ aud: new URL(endpoint).origin, exp, sub: subject })}`;
  const mark = sign("sha256", Buffer.from(said), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `vapid t=${said}.${mark.toString("base64url")}, k=${publicKey}`;
}
