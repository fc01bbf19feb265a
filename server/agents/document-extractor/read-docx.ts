import { done, type Outcome, refused } from "@/sdk/agent";
import { packAgain, unpack } from "../unpack";
import type { Found } from "./blocks";
import { readHtml } from "./read-html";

/** The title of a document is a heading above all others. */
const STYLES = ["p[style-name='Title'] => h1.title:fresh", "p[style-name='Subtitle'] => p:fresh"];

/** Headings, paragraphs, lists and tables by their styles. Pictures, remarks and deleted text are left out. */
export async function readDocx(bytes: Uint8Array): Promise<Outcome<Found>> {
  const parts = await unpack(bytes);
  if (!parts.ok) return parts;
  if (!Object.hasOwn(parts.value, "word/document.xml")) return notWord(Object.keys(parts.value));
  const { default: mammoth } = await import("mammoth");
  const buffer = Buffer.from(await packAgain(parts.value));
  let html: string;
  try {
    const nothing = mammoth.images.imgElement(async () => ({ src: "" }));
    const options = { styleMap: STYLES, convertImage: nothing, externalFileAccess: false };
    ({ value: html } = await mammoth.convertToHtml({ buffer }, options));
  } catch {
    return refused("file_broken", "It is not a Word document that can be read. Save it anew as DOCX, and send that.");
  }
  const found = await readHtml(html);
  return found.ok ? done(found.value) : found;
}

function notWord(names: readonly string[]): Outcome<never> {
  const instead = names.some((name) => name.startsWith("xl/"))
    ? "It is a spreadsheet: give it to the spreadsheet analyst."
    : "Send a PDF, a DOCX, HTML, Markdown or plain text.";
  return refused("format_unknown", `This archive holds no Word document. ${instead}`);
}
