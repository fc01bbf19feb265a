/** Units: characters. A model keeps to a text better when it is short. */
const LONGEST = 4_000;

/** Pieces of a text that can be translated by themselves, with what stands between them: joined, they are the text. */
export type Piece = { text: string; after: string };

/** Cuts between paragraphs where it can, else between sentences, else between words. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  while (rest !== "") {
    const cut = rest.length <= LONGEST ? rest.length : cutIn(rest.slice(0, LONGEST));
    const part = rest.slice(0, cut);
    const said = part.trimEnd();
    const gap = /^\s*/.exec(rest.slice(cut))?.[0] ?? "";
    pieces.push({ text: said, after: part.slice(said.length) + gap });
    rest = rest.slice(cut + gap.length);
  }
  return pieces;
}

function cutIn(window: string): number {
  for (const mark of ["\n\n", "\n", ". ", "。", " "]) {
    const place = window.lastIndexOf(mark);
    if (place > LONGEST / 4) return place + mark.trimEnd().length;
  }
  return /[\uD800-\uDBFF]$/.test(window) ? window.length - 1 : window.length; // a pair stays together
}
