import { contentWords } from "./words";

const MOST = 8;

/** What a text speaks of most, each in the form it most often takes. Ties go to the word that came first. */
export function keywordsOf(text: string): string[] {
  const stems = new Map<string, { count: number; forms: Map<string, number> }>();
  for (const { word, stem } of contentWords(text)) {
    const found = stems.get(stem) ?? { count: 0, forms: new Map<string, number>() };
    stems.set(stem, found);
    found.count++;
    found.forms.set(word, (found.forms.get(word) ?? 0) + 1);
  }
  return [...stems.values()]
    .filter(({ forms }) => [...forms.keys()].some((form) => /\p{L}/u.test(form)))
    .sort((left, right) => right.count - left.count)
    .slice(0, MOST)
    .flatMap(({ forms }) => [...forms].sort(([, left], [, right]) => right - left)[0]?.[0] ?? []);
}
