const LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Exactly so many bytes as base58 writes them, or null for whatever is not that. */
export function bytesOfBase58(text: string, bytes: number): Uint8Array<ArrayBuffer> | null {
  if (text.length === 0 || text.length > bytes * 2) return null;
  let value = 0n;
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return null;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16).padStart(bytes * 2, "0");
  if (hex.length !== bytes * 2) return null;
  const read = Uint8Array.from({ length: bytes }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
  return base58(read) === text ? read : null; // one text for one row of bytes: nothing is named twice
}

/** Bytes as Solana writes addresses and signatures: each leading zero byte is a 1. */
export function base58(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  let text = "";
  for (; value > 0n; value /= 58n) text = `${LETTERS[Number(value % 58n)]}${text}`;
  const leading = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(leading < 0 ? bytes.length : leading) + text;
}
