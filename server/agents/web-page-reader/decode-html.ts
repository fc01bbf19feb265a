const HEAD = 2_048;

/** HTML in the letters that its mark, the server or the page itself names; else UTF-8, or those of Windows. */
export function decodeHtml(bytes: Uint8Array, contentType: string): string {
  const [first, second] = bytes;
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString("latin1");
  const marked = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  const named = marked ?? charsetIn(contentType) ?? charsetIn(head);
  if (named !== null) {
    try {
      return new TextDecoder(named).decode(bytes);
    } catch {
      // a name that nobody knows is no name
    }
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function charsetIn(text: string): string | null {
  return /(?:charset|encoding)\s{0,5}=\s{0,5}["']?([\w:-]{2,40})/i.exec(text)?.[1] ?? null;
}
