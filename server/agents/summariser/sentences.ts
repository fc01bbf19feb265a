/** `position` counts the sentences of the whole text from 1. `opens` is true for the first of its paragraph. */
export type Sentence = { text: string; position: number; paragraph: number; opens: boolean };

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** After these a full stop does not end a sentence, which Unicode's rules cannot know. */
const ABBREVIATION =
  /(?:^|[\s(“"])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|cf|ca|No|Nos|Fig|Vol|pp?|approx|e\.g|i\.e|\p{Lu})\.\s*$/u;
const ENDED = /[.!?…。！？]["'”’)\]]*$/u;
const WINDOW = 4_000;
const HEADING_WORDS = 14;

/**
 * The sentences of a text, word for word but for runs of white space, which become one space.
 * Headings and other lines that end without a full stop are not sentences.
 */
export function splitSentences(text: string): Sentence[] {
  const paragraphs = text
    .split(/\r?\n[ \t]*\r?\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "" && !isHeading(paragraph));
  let position = 0;
  return paragraphs.flatMap((paragraph, index) =>
    sentencesOf(paragraph).map((sentence, place) => {
      position++;
      return { text: sentence, position, paragraph: index, opens: place === 0 };
    }),
  );
}

function sentencesOf(paragraph: string): string[] {
  return sentencePieces(paragraph)
    .map((piece) => piece.trim())
    .filter((sentence) => sentence !== "");
}

/** The sentences of a paragraph with the spaces around them: joined, they are the paragraph again. */
export function sentencePieces(paragraph: string): string[] {
  const pieces: string[] = [];
  let open = "";
  for (const segment of segmentsOf(paragraph)) {
    open += segment;
    if (ABBREVIATION.test(open.slice(-20))) continue;
    pieces.push(open);
    open = "";
  }
  return open === "" ? pieces : [...pieces, open];
}

/** The segmenter's time grows with the square of what it is given: a long paragraph passes it window by window. */
function* segmentsOf(paragraph: string): Generator<string> {
  let from = 0;
  while (from < paragraph.length) {
    const window = [...segmenter.segment(paragraph.slice(from, from + WINDOW))].map(({ segment }) => segment);
    const ends = from + WINDOW >= paragraph.length;
    // The last one may go on behind the window: it comes again with the next, unless it fills a window by itself.
    const whole = ends || window.length === 1 ? window : window.slice(0, -1);
    yield* whole;
    from += whole.reduce((length, segment) => length + segment.length, 0);
  }
}

function isHeading(paragraph: string): boolean {
  return !ENDED.test(paragraph) && paragraph.split(" ").length <= HEADING_WORDS;
}
