import { contentWords } from "./words";

/** A sentence as a direction: how much each stem counts, with length 1, so that a product of two is their cosine. */
export type Vector = ReadonlyMap<string, number>;

/** Weighs words that few sentences have above words that all have. */
export function vectorsOf(sentences: readonly string[]): { vectors: Vector[]; vectorOf(text: string): Vector } {
  const counted = sentences.map((sentence) => countsOf(sentence));
  const spread = new Map<string, number>();
  for (const counts of counted) for (const stem of counts.keys()) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  const weight = (stem: string) => Math.log(1 + sentences.length / (spread.get(stem) ?? 0.5));
  const weigh = (counts: Vector) =>
    unit(new Map([...counts].map(([stem, count]) => [stem, Math.sqrt(count) * weight(stem)])));
  return { vectors: counted.map(weigh), vectorOf: (text) => weigh(countsOf(text)) };
}

export function cosine(left: Vector, right: Vector): number {
  const [few, many] = left.size < right.size ? [left, right] : [right, left];
  let product = 0;
  for (const [stem, value] of few) product += value * (many.get(stem) ?? 0);
  return product;
}

/** The direction of a whole text: what its sentences have in common. */
export function centre(vectors: readonly Vector[]): Vector {
  const total = new Map<string, number>();
  for (const vector of vectors) for (const [stem, value] of vector) total.set(stem, (total.get(stem) ?? 0) + value);
  return unit(total);
}

function countsOf(text: string): Vector {
  const counts = new Map<string, number>();
  for (const { stem } of contentWords(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

function unit(vector: Vector): Vector {
  const length = Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : new Map([...vector].map(([stem, value]) => [stem, value / length]));
}
