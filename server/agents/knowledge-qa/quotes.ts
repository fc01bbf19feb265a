import type { Source } from "./passages";

/** A quote that was found in its source: `text.slice(start, end)` is it. */
export type Quote = { document: number; title: string; quote: string; start: number; end: number };

const SHORTEST = 3;
const LONGEST = 2_000;

/**
 * Where a model's quote stands in the source it names. White space may differ, because a model writes lines anew; what is
 * given back is what the source says. Null when the source does not say it.
 */
export function locate(said: string, { document, source }: { document: number; source: Source }): Quote | null {
  const wanted = said.trim();
  if (wanted.length < SHORTEST || wanted.length > LONGEST) return null;
  const found = exactly(wanted, source.text) ?? loosely(wanted, source.text);
  if (!found) return null;
  const { start, end } = found;
  return { document, title: source.title, quote: source.text.slice(start, end), start, end };
}

type Place = { start: number; end: number };

function exactly(wanted: string, text: string): Place | null {
  const start = text.indexOf(wanted);
  return start < 0 ? null : { start, end: start + wanted.length };
}

function loosely(wanted: string, text: string): Place | null {
  const words = wanted.split(/\s+/).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(words.join("\\s+")).exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}
