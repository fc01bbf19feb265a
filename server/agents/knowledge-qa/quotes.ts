import { type Collapsed, collapse, placeIn } from "./find-text";
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
  const found = exactly(wanted, source.text) ?? loosely(wanted, source);
  if (!found) return null;
  const { start, end } = found;
  return { document, title: source.title, quote: source.text.slice(start, end), start, end };
}

type Place = { start: number; end: number };

function exactly(wanted: string, text: string): Place | null {
  const start = placeIn(text, wanted);
  return start < 0 ? null : { start, end: start + wanted.length };
}

function loosely(wanted: string, source: Source): Place | null {
  const { text, from } = collapsedOf(source);
  const said = wanted.replaceAll(/\s+/g, " ");
  const place = placeIn(text, said);
  const [start, last] = [from[place], from[place + said.length - 1]];
  return place < 0 || start === undefined || last === undefined ? null : { start, end: last + 1 };
}

const collapsed = new WeakMap<Source, Collapsed>();

/** Once for each source, of which many quotes may be taken. */
function collapsedOf(source: Source): Collapsed {
  const known = collapsed.get(source) ?? collapse(source.text);
  collapsed.set(source, known);
  return known;
}
