import { done, type Outcome, refused } from "@/sdk/agent";
import type { Tell } from "@/sdk/report";
import { decodeBase64 } from "../decode-base64";
import { assemble, type Format, type Found, type ReadDocument } from "./blocks";
import { decodeText } from "./decode-text";
import { formatOf } from "./format";
import { readDocx } from "./read-docx";
import { readHtml } from "./read-html";
import { readMarkdown, readText } from "./read-markdown";
import { readPdf } from "./read-pdf";

/** `file` is base64; `text` is what needs no file. One of them is given. */
export type DocumentInput = {
  file?: string | undefined;
  text?: string | undefined;
  name?: string | undefined;
  mediaType?: string | undefined;
  pages?: string | undefined;
};

/** Reads a document of any kind that is known into the one structure. */
export async function readDocument(input: DocumentInput, tell: Tell): Promise<Outcome<ReadDocument>> {
  const bytes = bytesOf(input);
  if (!bytes.ok) return bytes;
  const format = formatOf(bytes.value, input);
  if (!format.ok) return format;
  const found = await readAs(format.value, bytes.value, { pages: input.pages, tell });
  return found.ok ? assemble(format.value, found.value) : found;
}

function bytesOf({ file, text }: DocumentInput): Outcome<Uint8Array> {
  if (file && text) return refused("document_doubled", "Give a file or a text, not both.");
  const bytes: Outcome<Uint8Array> = file ? decodeBase64(file) : done(Buffer.from(text ?? ""));
  if (bytes.ok && bytes.value.length === 0)
    return refused("document_empty", "There is nothing in it. Give a file or a text.");
  return bytes;
}

type More = { pages: string | undefined; tell: Tell };

async function readAs(format: Format, bytes: Uint8Array, more: More): Promise<Outcome<Found>> {
  if (format !== "pdf" && more.pages?.trim()) {
    return refused("pages_unreadable", "Only a PDF has pages that can be named. Leave the pages out.");
  }
  switch (format) {
    case "pdf":
      return readPdf(bytes, more);
    case "docx":
      return readDocx(bytes);
    default: {
      const text = decodeText(bytes);
      return text.ok ? readLetters(format, text.value) : text;
    }
  }
}

async function readLetters(format: "html" | "markdown" | "text", text: string): Promise<Outcome<Found>> {
  switch (format) {
    case "html":
      return readHtml(text);
    case "markdown":
      return done(readMarkdown(text));
    case "text":
      return done(readText(text));
  }
}
