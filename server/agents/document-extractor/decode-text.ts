import { done, type Outcome, refused } from "@/sdk/agent";

/** Text as programs save it: UTF-8, UTF-16 with its mark, or else the letters of Windows in western Europe. */
export function decodeText(bytes: Uint8Array): Outcome<string> {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return done(new TextDecoder("utf-16le").decode(bytes));
  if (first === 0xfe && second === 0xff) return done(new TextDecoder("utf-16be").decode(bytes));
  if (bytes.includes(0)) {
    return refused("format_unknown", "It is not a text. Send a PDF, a DOCX, HTML, Markdown or plain text.");
  }
  try {
    return done(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return done(new TextDecoder("windows-1252").decode(bytes));
  }
}
