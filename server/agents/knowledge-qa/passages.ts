import { sentencePieces } from "../summariser/sentences";

export type Source = { title: string; text: string };

/** A sentence or a line of a source: `text` stands at `start` of it, word for word. `context` is what stands around it. */
export type Passage = { source: number; start: number; end: number; text: string; context: string };

const LONGEST = 1_000;
const LISTED = /^\s*(?:[-*•|]|\d{1,3}[.)])\s|\s\|\s|\t/;

/** The places that can be quoted. Units of `start` and `end`: UTF-16 code units, as `slice` counts them. */
export function* passagesOf(sources: readonly Source[]): Generator<Passage> {
  for (const [source, { text }] of sources.entries())
    for (const paragraph of paragraphsOf(text)) {
      if (isHeading(paragraph.text) && paragraph.text.length < text.length) continue; // it names what the others say
      const context = paragraph.text.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST);
      let start = paragraph.start;
      for (const piece of piecesOf(paragraph.text)) {
        const before = piece.length - piece.trimStart().length;
        const said = piece.trim();
        const at = start + before;
        if (said) yield { source, start: at, end: at + said.length, text: text.slice(at, at + said.length), context };
        start += piece.length;
      }
    }
}

const HEADING_WORDS = 14;

function isHeading(paragraph: string): boolean {
  const line = paragraph.trim();
  if (line.length > LONGEST || line.includes("\n") || LISTED.test(line)) return false;
  return !/[.!?…。！？:;]["'”’)\]]*$/u.test(line) && line.split(/\s+/).length <= HEADING_WORDS;
}

function* paragraphsOf(text: string): Generator<{ start: number; text: string }> {
  let start = 0;
  for (const { index, 0: gap } of text.matchAll(/\n[^\S\n]*\n\s*/g)) {
    yield { start, text: text.slice(start, index) };
    start = index + gap.length;
  }
  yield { start, text: text.slice(start) };
}

/** Joined, they are as long as the paragraph: a table and a list by their lines, prose by its sentences. */
function piecesOf(paragraph: string): string[] {
  const lines = paragraph.match(/[^\n]*\n|[^\n]+/g) ?? [];
  const listed = lines.filter((line) => LISTED.test(line)).length;
  const pieces = listed * 2 > lines.length ? lines : sentencePieces(paragraph.replaceAll(/\s/g, " "));
  return pieces.flatMap((piece) => (piece.length <= LONGEST ? piece : (piece.match(CUT) ?? [])));
}

const CUT = /[\s\S]{1,1000}(?=\s|$)|[\s\S]{1,1000}/g;
