const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Bytes as WebAuthn writes them: base64url without padding (RFC 4648, 5). */
export function base64url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    const letters = [18, 12, 6, 0].map((shift) => LETTERS[(bits >> shift) & 63]).join("");
    text += letters.slice(0, Math.min(bytes.length - at, 3) + 1);
  }
  return text;
}

/** The bytes of such a text, or null for whatever is none; one text for one row of bytes, so nothing is named twice. */
export function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = Array.from(text, (letter) => LETTERS.indexOf(letter));
  if (digits.includes(-1)) return null;
  const bytes = Uint8Array.from({ length: Math.floor((digits.length * 3) / 4) }, (_, at) => {
    const first = Math.floor(at / 3) * 4 + (at % 3); // eight bits of two letters that stand side by side
    const [high = 0, low = 0] = digits.slice(first, first + 2);
    return (((high << 6) | low) >> (4 - 2 * (at % 3))) & 255;
  });
  return base64url(bytes) === text ? bytes : null;
}
