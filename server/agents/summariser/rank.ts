import type { Tell } from "@/sdk/report";
import { breathe } from "../breathe";
import type { Sentence } from "./sentences";
import { centre, cosine, type Vector, vectorsOf } from "./vectors";

export type Ranked = Sentence & { score: number; vector: Vector };

/** Ranking compares every two sentences: of a longer text only the most central ones enter. */
const MOST_COMPARED = 1_200;
const ROUNDS = 30;
const DAMPING = 0.85; // as in PageRank
const ALIKE = 0.05; // below this two sentences share a word by chance
const USUAL_WORDS = { fewest: 7, most: 45 };

/** When to stop, and whom to tell how far the comparing is. */
type Care = { signal: AbortSignal; tell: Tell };

/**
 * LexRank: a sentence matters when sentences that matter resemble it (Erkan and Radev, 2004). On top of it count its
 * place (authors open with what they mean), a length that can stand alone, and the reader's focus.
 */
export async function rankSentences(
  sentences: readonly Sentence[],
  { focus, signal, tell }: { focus: string } & Care,
): Promise<Ranked[]> {
  const { vectors, vectorOf } = vectorsOf(sentences.map(({ text }) => text));
  const middle = centre(vectors);
  const wanted = vectorOf(focus);
  const compared = vectors
    .map((vector, index) => ({ index, near: cosine(vector, middle) }))
    .sort((left, right) => right.near - left.near || left.index - right.index)
    .slice(0, MOST_COMPARED)
    .sort((left, right) => left.index - right.index);
  const chosen = compared.flatMap(({ index }) => {
    const [sentence, vector] = [sentences[index], vectors[index]];
    return sentence && vector ? [{ ...sentence, vector }] : [];
  });

  const central = await centrality(
    chosen.map(({ vector }) => vector),
    { signal, tell },
  );
  const last = sentences.at(-1)?.paragraph ?? 0;
  return chosen.map((sentence, index) => {
    const standing = 0.75 * (central[index] ?? 0) + 0.25 * placeOf(sentence, last);
    const alone = standing * lengthOf(sentence.text);
    const score = wanted.size > 0 ? 0.35 * alone + 0.65 * cosine(sentence.vector, wanted) : alone;
    return { ...sentence, score: Math.round(score * 10_000) / 10_000 };
  });
}

/** From 0 to 1. Power iteration over the graph of sentences that resemble each other. */
async function centrality(vectors: readonly Vector[], care: Care): Promise<number[]> {
  const edges = await edgesOf(vectors, care);
  let scores = vectors.map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    await breathe(care.signal);
    const next = vectors.map(() => 1 - DAMPING);
    for (const [from, { to, total }] of edges.entries()) {
      const share = total > 0 ? (DAMPING * (scores[from] ?? 0)) / total : 0;
      for (const [index, weight] of to) next[index] = (next[index] ?? 0) + share * weight;
    }
    scores = next;
  }
  const most = scores.reduce((highest, score) => Math.max(highest, score), 0);
  return scores.map((score) => (most > 0 ? score / most : 0));
}

async function edgesOf(vectors: readonly Vector[], { signal, tell }: Care) {
  const edges = vectors.map(() => ({ to: [] as [number, number][], total: 0 }));
  for (const [left, vector] of vectors.entries()) {
    if (left % 50 === 0) {
      const unread = (vectors.length - left) / vectors.length; // each is compared with those behind it
      tell({ progress: { done: 1 - unread ** 2, message: `Comparing sentence ${left + 1} of ${vectors.length}` } });
      await breathe(signal);
    }
    for (let right = left + 1; right < vectors.length; right++) {
      const weight = cosine(vector, vectors[right] ?? new Map());
      if (weight < ALIKE) continue;
      connect(edges[left], right, weight);
      connect(edges[right], left, weight);
    }
  }
  return edges;
}

function connect(edge: { to: [number, number][]; total: number } | undefined, to: number, weight: number): void {
  if (!edge) return;
  edge.to.push([to, weight]);
  edge.total += weight;
}

function placeOf({ paragraph, opens, position }: Sentence, lastParagraph: number): number {
  if (position === 1) return 1;
  const outer = paragraph === 0 || paragraph === lastParagraph ? 0.6 : 0;
  return outer + (opens ? 0.4 : 0);
}

function lengthOf(text: string): number {
  const words = text.split(" ").length;
  if (text.endsWith("?")) return 0.6; // a question promises what another sentence says
  if (words < USUAL_WORDS.fewest) return words / USUAL_WORDS.fewest / 2;
  return words > USUAL_WORDS.most ? USUAL_WORDS.most / words : 1;
}
