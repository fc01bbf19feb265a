import type { Ranked } from "./rank";
import { cosine } from "./vectors";

const RELEVANCE = 0.7;
const SAME = 0.9; // said twice, perhaps with another article

/** `alike` is how much of it has been said by what was taken. */
type Candidate = { sentence: Ranked; alike: number };

/**
 * Takes the best sentences one by one, each weighed against what has been taken: maximal marginal relevance
 * (Carbonell and Goldstein, 1998). Nothing is said twice. Returned in the order of the text.
 */
export function selectSentences(ranked: readonly Ranked[], count: number): Ranked[] {
  const highest = ranked.reduce((most, { score }) => Math.max(most, score), 0) || 1;
  const worth = ({ sentence: { score }, alike }: Candidate) => (RELEVANCE * score) / highest - (1 - RELEVANCE) * alike;
  const taken: Ranked[] = [];
  let left: Candidate[] = ranked.map((sentence) => ({ sentence, alike: 0 }));
  while (taken.length < count && left.length > 0) {
    const { sentence } = left.reduce((best, next) => (worth(next) > worth(best) ? next : best));
    taken.push(sentence);
    left = left
      .filter((other) => other.sentence !== sentence)
      .map((other) => ({ ...other, alike: Math.max(other.alike, cosine(other.sentence.vector, sentence.vector)) }))
      .filter(({ alike }) => alike <= SAME);
  }
  return taken.sort((one, other) => one.position - other.position);
}
