import { Fault } from "./values";

export function encodeUtf8(text: string): Uint8Array {
  const bytes = Array.from(text, (point) => pointToUtf8(point.codePointAt(0) ?? 0));
  return Uint8Array.from(bytes.flat());
}

function pointToUtf8(code: number): number[] {
  // A lone half of a pair has no UTF-8; it is written as the replacement character, as everywhere.
  const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  if (point < 0x80) return [point];
  const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x800) return [0xc0 | (point >> 6), tail(0)];
  if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)];
  return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)];
}

export function decodeUtf8(bytes: Uint8Array): string | Fault {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch (thrown) {
    if (thrown instanceof URIError) return new Fault("argument_invalid", "These bytes are no UTF-8 text.");
    throw thrown;
  }
}

const ESCAPED: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * The bytes of a literal such as b"\\xff ÿ". The library cuts characters beyond ASCII to one byte, which would be a silent
 * mistake, so that its text is read again here. It was parsed before: its escapes are known to be whole.
 */
export function bytesOfLiteral(source: string): Uint8Array {
  const quotes = /^[bB]("""|'''|"|')/.exec(source)?.[1]?.length ?? 0;
  const inside = source.slice(1 + quotes, source.length - quotes);
  const bytes: number[] = [];
  for (const [whole, hex, octal, single] of inside.matchAll(/\\[xX](..)|\\([0-7]{3})|\\(.)|[^\\]/gsu)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (single !== undefined) bytes.push(ESCAPED[single] ?? single.charCodeAt(0));
    else bytes.push(...pointToUtf8(whole.codePointAt(0) ?? 0));
  }
  return Uint8Array.from(bytes);
}
