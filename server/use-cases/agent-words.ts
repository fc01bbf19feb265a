/** No database keeps these characters, whoever wrote them. */
const UNKEPT = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

const LONGEST_NAME = 48;

/** A stranger's name as a part of an agent's: small letters, digits and hyphens; empty when nothing is left of it. */
export function slugOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_NAME)
    .replaceAll(/^-+|-+$/g, "");
}

/** Letters that a manifest does not take, as nobody sees them. */
const UNSEEN = /[\s\p{Cc}\p{Surrogate}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]+/gu;

/** A stranger's words in one line, cut between whole characters. */
export function cutLine(text: string, most: number): string {
  const line = text.replaceAll(UNSEEN, " ").trim();
  if (line.length <= most) return line;
  let kept = "";
  for (const letter of line) {
    if (kept.length + letter.length > most - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}

export function isKeepable(made: unknown): boolean {
  return !UNKEPT.test(JSON.stringify(made));
}
