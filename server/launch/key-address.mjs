import { createPrivateKey, createPublicKey } from "node:crypto";

const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex"); // what stands before an Ed25519 seed (RFC 8410)
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/**
 * The address on Solana of a key, so that processes which must not hold the key can be told whose it is.
 *
 * @param {string} seed 32 bytes in hex, as the secrets folder keeps them
 */
export function addressOf(seed) {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, Buffer.from(seed, "hex")]),
    format: "der",
    type: "pkcs8",
  });
  return base58(Buffer.from(String(createPublicKey(key).export({ format: "jwk" }).x), "base64url"));
}

/** @param {Uint8Array} bytes */
function base58(bytes) {
  let number = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(zeros < 0 ? bytes.length : zeros) + text;
}
