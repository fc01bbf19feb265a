import type { Deed } from "./deed";

/** What travels in one letter at most, so that taking it in stays quick whatever is sent. */
export const LETTER = { deeds: 500, edits: 30_000, characters: 8_000_000 };

/** As many of the deeds, from the first on, as go into one letter. One deed always does. */
export function letterOf(deeds: readonly Deed[]): readonly Deed[] {
  let edits = 0;
  let characters = 0;
  const full = deeds.findIndex((deed, place) => {
    edits += deed.edits.length;
    characters += JSON.stringify(deed).length;
    const isOver = place >= LETTER.deeds || edits > LETTER.edits || characters > LETTER.characters;
    return place > 0 && isOver;
  });
  return full < 0 ? deeds : deeds.slice(0, full);
}

/** The characters are counted before, where the letter comes in. */
export function hasFewEdits(deeds: readonly Deed[]): boolean {
  return deeds.reduce((sum, { edits }) => sum + edits.length, 0) <= LETTER.edits;
}
