const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 16_000;
/** How much longer a wait may be, so that many runs do not all come back at once. */
const SPREAD = 0.25;

/**
 * After a lost answer or a failed attempt: 1, 2, 4, 8, 16 seconds, then 16 for as long as it takes, and up to a quarter
 * longer: how much, `who` alone decides, so that a journal leads to the same times whenever it is read. Units:
 * milliseconds. [R32]
 */
export function waitBeforeAsking(tries: number, who: string): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 10), LONGEST_WAIT_MS);
  return Math.round(wait * (1 + SPREAD * shareOf(`${who} ${tries}`)));
}

/** A number from 0 to 1 that texts share evenly: FNV-1a over their characters. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return (hash >>> 8) / 2 ** 24;
}
