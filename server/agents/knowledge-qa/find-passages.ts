import { breathe } from "../breathe";
import { contentWords } from "../summariser/words";
import { type Passage, passagesOf, type Source } from "./passages";

/** `score` is BM25 over its words and, for less, over those around it; `cover` is how much of the question it speaks of. */
export type Hit = Passage & { score: number; cover: number };

export type Search = { hits: readonly Hit[]; passages: number };

export const MOST_PASSAGES = 100_000;

/** A passage answers when the words it shares with the question carry at least this part of the question's weight. */
const ENOUGH = 0.5;
const AROUND = 0.4;
const AT_ONCE = 500;

type Indexed = { id: number; text: string; around: string };

/** The passages that speak of what is asked, the best first; null when there are more than are looked at. */
export async function findPassages(
  sources: readonly Source[],
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<Search | null> {
  const { default: MiniSearch } = await import("minisearch");
  const index = new MiniSearch<Indexed>({
    fields: ["text", "around"],
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term || null,
  });
  const passages: Passage[] = [];
  const known = new Map<string, string>(); // neighbours share what is around them
  const holding = new Map<string, number>();
  for (const passage of passagesOf(sources)) {
    if (passages.length % AT_ONCE === 0) await breathe(signal);
    if (passages.length >= MOST_PASSAGES) return null;
    const around = stemsOf(`${sources[passage.source]?.title ?? ""} ${passage.context}`, known);
    const text = stemsOf(passage.text, known);
    index.add({ id: passages.length, text, around });
    for (const stem of new Set(`${text} ${around}`.split(" "))) holding.set(stem, (holding.get(stem) ?? 0) + 1);
    passages.push(passage);
  }
  await breathe(signal);
  const weight = (stem: string) => Math.log(1 + passages.length / (1 + (holding.get(stem) ?? 0)));
  const whole = wanted.reduce((total, stem) => total + weight(stem), 0);
  const hits = index
    .search(wanted.join(" "), { boost: { text: 1, around: AROUND } })
    .flatMap(({ id, score, queryTerms }) => {
      const passage = passages[id as number];
      const cover = queryTerms.reduce((total, stem) => total + weight(stem), 0) / whole;
      return passage && cover >= ENOUGH ? [{ ...passage, score: rounded(score), cover: rounded(cover) }] : [];
    });
  return { hits: hits.sort(byWorth), passages: passages.length };
}

/** The words that carry meaning, each once. */
export function stemsIn(text: string): string[] {
  return [...new Set(contentWords(text).map(({ stem }) => stem))];
}

const MOST_KNOWN = 1_000;

function stemsOf(text: string, known: Map<string, string>): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const stems = contentWords(text)
    .map(({ stem }) => stem)
    .join(" ");
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, stems);
  return stems;
}

/** Equal scores stand in the order of the sources, so that equal questions get equal answers. */
function byWorth(left: Hit, right: Hit): number {
  return right.score * right.cover - left.score * left.cover || left.source - right.source || left.start - right.start;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
