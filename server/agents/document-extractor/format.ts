import { done, type Outcome, refused } from "@/sdk/agent";
import type { Format } from "./blocks";

const BY_MEDIA_TYPE: Readonly<Record<string, Format>> = {
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "text/html": "html",
  "application/xhtml+xml": "html",
  "text/markdown": "markdown",
  "text/plain": "text",
};
const BY_ENDING: Readonly<Record<string, Format>> = {
  pdf: "pdf",
  docx: "docx",
  html: "html",
  htm: "html",
  xhtml: "html",
  md: "markdown",
  markdown: "markdown",
  txt: "text",
  text: "text",
};
const NAMES: Record<Format, string> = {
  pdf: "a PDF",
  docx: "a Word document",
  html: "HTML",
  markdown: "Markdown",
  text: "plain text",
};
const OLD_OFFICE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

type Said = { name?: string | undefined; mediaType?: string | undefined };

/** What a file is: by its first bytes, and for texts by what is said of it. A file that is not what it is said to be is refused. */
export function formatOf(bytes: Uint8Array, said: Said): Outcome<Format> {
  const head = Buffer.from(bytes.subarray(0, 1024));
  const told = toldOf(said);
  if (!told.ok) return told;
  if (head.subarray(0, 4).equals(OLD_OFFICE)) {
    return refused("format_unknown", "It is an old or a locked Office file. Save it as DOCX without a password.");
  }
  const shown: Format | null = head.includes("%PDF-") ? "pdf" : head.subarray(0, 4).equals(ZIP) ? "docx" : null;
  if (told.value === null) return done(shown ?? guess(head.toString("latin1")));
  const isPacked = told.value === "pdf" || told.value === "docx";
  if (shown === told.value || (shown === null && !isPacked)) return done(told.value);
  const instead = shown ? `It looks like ${NAMES[shown]}: say that, or nothing.` : "Look whether it is the right file.";
  return refused("format_wrong", `It is said to be ${NAMES[told.value]}, and is not. ${instead}`);
}

const ZIP = Buffer.from("PK\u0003\u0004");

/** Null when nothing is said. */
function toldOf({ name, mediaType }: Said): Outcome<Format | null> {
  const type = mediaType?.split(";")[0]?.trim().toLowerCase();
  if (type && type !== "application/octet-stream") {
    const format = Object.hasOwn(BY_MEDIA_TYPE, type) ? BY_MEDIA_TYPE[type] : undefined;
    return format ? done(format) : unknown(`the media type ${type.slice(0, 80)}`);
  }
  const ending = /\.([a-z0-9]{1,10})$/i.exec(name?.trim() ?? "")?.[1]?.toLowerCase();
  if (!ending) return done(null);
  const format = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
  return format ? done(format) : unknown(`files whose name ends in .${ending}`);
}

function unknown(what: string): Outcome<never> {
  return refused("format_unknown", `It does not read ${what}. Send a PDF, a DOCX, HTML, Markdown or plain text.`);
}

function guess(head: string): Format {
  return /^\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<html)/i.test(head) ? "html" : "text";
}
