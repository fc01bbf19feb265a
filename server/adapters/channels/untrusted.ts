const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of somebody's words: no control characters, nothing that turns the direction of writing, cut after `most`. */
export function plain(text: string, most: number): string {
  const line = text.replace(INVISIBLE, " ").replace(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`
    : line;
}

const APART = "\u200b";

/** Words in which a reader's program finds neither an address to make a link of nor somebody to call. */
export function defused(text: string): string {
  return text
    .replaceAll("://", `:${APART}//`)
    .replace(/(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})/gu, `.${APART}`)
    .replace(/@(?=[\p{L}\p{N}_])/gu, `@${APART}`);
}
