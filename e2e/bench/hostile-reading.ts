import { openAsBlob } from "node:fs";
import { resourceUsage } from "node:process";
import { compile } from "@/flows/compile/compile";
import { readDocument, readDocumentFile } from "@/flows/graph/read-document";
import { catalog } from "@/flows/nodes/catalog";

const registry = { kinds: catalog, manifests: new Map() };

/** What became of one hostile document. Units: milliseconds from the text to the answer; megabytes of the whole process. */
export type Reading = { ms: number; mb: number; code: string | null };

/** Reads a file as the list of flows does, and compiles what could be read as opening it would. */
export async function readHostile(file: string): Promise<Reading> {
  const blob = await openAsBlob(file);
  // Loading the text from disk is the browser's work; a file that is too large is refused before it.
  const text = blob.size > 5_000_000 ? null : await blob.text();
  const began = performance.now();
  const read = text === null ? await readDocumentFile(blob) : readDocument(text);
  const compiled = read.ok ? compile(read.value.document, registry) : read;
  const ms = performance.now() - began;
  const code = compiled.ok ? null : (compiled.error[0]?.code ?? null);
  return { ms, mb: (resourceUsage().maxRSS * 1_024) / 1_000_000, code };
}
