const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** English words that say nothing of what a text is about. In other languages the weighting alone tells. */
const STOP = new Set(
  `a about above after again against all almost also although always am among an and another any are around as at away
  back be became because become been before being below between both but by came can cannot come could did do does doing
  done down during each either else enough even ever every few first for from further gave get gets give given go goes
  got had has have having he hence her here hers herself him himself his how however i if in indeed instead into is it
  its itself just keep kept know known last least less let like made make makes many may me might mine more most much
  must my myself near need neither never next no nobody none nor not nothing now of off often on once one only onto or
  other others otherwise our ours ourselves out over own part per perhaps put quite rather said same say says see seem
  seemed seen she should since so some somebody someone something still such take taken tell than that the their theirs
  them themselves then there therefore these they thing things this those though three through thus to together too took
  two under until up upon us use used using very was way we well went were what whatever when where whether which while
  who whole whom whose why will with within without would year years yes yet you your yours yourself`.split(/\s+/),
);

const EMPTY = /^(?:[a-z]|\d{1,2})$/; // initials, and numbers of lists

/** A word as it stands, and the stem by which "books" and "book" are one. */
export type Word = { word: string; stem: string };

/** The segmenter's time grows with the square of what it is given: it gets a thousand letters, cut between words. */
function piecesOf(text: string): readonly string[] {
  return text.match(/[\s\S]{1,1000}(?=\s|$)|[\s\S]{1,1000}/gu) ?? [];
}

/** How many words a text has, as a person would count them. */
export function countWords(text: string): number {
  let count = 0;
  for (const piece of piecesOf(text)) {
    for (const { isWordLike } of segmenter.segment(piece)) if (isWordLike) count++;
  }
  return count;
}

/** The words that carry meaning. */
export function contentWords(text: string): Word[] {
  return piecesOf(text.normalize("NFKC").toLowerCase()).flatMap((piece) =>
    [...segmenter.segment(piece)]
      .filter(({ segment, isWordLike }) => isWordLike && !STOP.has(segment) && !EMPTY.test(segment))
      .map(({ segment }) => ({ word: segment, stem: stemOf(segment) })),
  );
}

/** Endings of English nouns and verbs only: a stronger stemmer joins words that differ ("universe", "university"). */
function stemOf(word: string): string {
  const bare = word.replace(/['’]s?$/, "");
  if (bare.length < 5 || !/^[a-z]+$/.test(bare)) return bare;
  return bare
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch|sh)es$/, "$1")
    .replace(/([^su])s$/, "$1")
    .replace(/(\w{3,})(?:ing|ed)$/, "$1")
    .replace(/e$/, "");
}
