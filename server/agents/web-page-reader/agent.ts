import { z } from "zod";
import { type Agent, done, type Outcome, refused } from "@/sdk/agent";
import type { Apart, Care } from "../apart/apart";
import { type Fetching, fetchGuarded } from "../fetching/fetch-guarded";
import { webPageReaderManifest } from "./manifest";
import type { PageInput } from "./read-page";

const Input = z.object({ address: z.string().optional(), html: z.string().optional() });

const ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.5";
const TYPES = ["", "text/html", "application/xhtml+xml", "text/plain"];

export type WebPageReaderOptions = { apart: Apart; fetching: Fetching };

export function webPageReader({ apart, fetching }: WebPageReaderOptions): Agent {
  return {
    manifest: webPageReaderManifest,
    async execute(given, { signal, tell }) {
      const page = await pageOf(Input.parse(given), fetching, { signal, tell });
      if (!page.ok) return page;
      const read = await apart("readPage", page.value, { signal, tell });
      if (!read.ok) return read;
      const { title, text, article } = read.value;
      return done({ output: { ...read.value, documents: [{ title, text }] }, detail: { article } });
    },
  };
}

async function pageOf(
  { address, html }: z.infer<typeof Input>,
  fetching: Fetching,
  care: Care,
): Promise<Outcome<PageInput>> {
  if (html !== undefined && html.trim() !== "") return done({ html, address: address ?? "", contentType: "" });
  if (!address) return refused("page_unnamed", "Give the address of a page, or its HTML.");
  care.tell({ progress: { done: 0, message: `Fetching ${address}` } });
  const fetched = await fetchGuarded({ address, accept: ACCEPT, signal: care.signal }, fetching);
  if (!fetched.ok) return fetched;
  const { contentType, bytes } = fetched.value;
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (TYPES.includes(type)) return done({ html: bytes, address: fetched.value.address, contentType });
  const instead =
    type === "application/pdf" ? " Give the file to the document extractor." : " Give the address of a page.";
  return refused("page_not_html", `What lies there is ${type.slice(0, 80)} and no web page.${instead}`);
}
