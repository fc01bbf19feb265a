import { done, type Outcome, refused } from "@/sdk/agent";

const MOST_PAGES = 500;

/** The pages that "1-3, 7" names, in their order; all of them when nothing is named. */
export function choosePages(asked: string | undefined, count: number): Outcome<readonly number[]> {
  const parts = (asked ?? "").split(",").map((part) => part.trim());
  if (parts.every((part) => part === "")) return all(count);
  const chosen = new Set<number>();
  for (const part of parts) {
    const range = rangeOf(part, count);
    if (!range.ok) return range;
    for (let page = range.value.first; page <= range.value.last; page++) chosen.add(page);
  }
  return chosen.size > MOST_PAGES ? tooMany(count) : done([...chosen].sort((left, right) => left - right));
}

function rangeOf(part: string, count: number): Outcome<{ first: number; last: number }> {
  const range = /^(\d{1,6})(?:\s*-\s*(\d{1,6}))?$/.exec(part);
  const [first, last] = [Number(range?.[1]), Number(range?.[2] ?? range?.[1])];
  if (!range || last < first) {
    return refused("pages_unreadable", 'Name pages as numbers and ranges, with commas between them: "1-3, 7".');
  }
  if (first < 1 || last > count) {
    return refused("page_unknown", `There is no page ${first < 1 ? first : last}. It has the pages 1 to ${count}.`);
  }
  return last - first >= MOST_PAGES ? tooMany(count) : done({ first, last });
}

function all(count: number): Outcome<readonly number[]> {
  return count > MOST_PAGES ? tooMany(count) : done(Array.from({ length: count }, (_, index) => index + 1));
}

function tooMany(count: number): Outcome<never> {
  return refused(
    "pages_too_many",
    `It has ${count} pages; at most ${MOST_PAGES} are read at once. Name some, as "1-50".`,
  );
}
