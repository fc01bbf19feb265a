const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 16_000;

/** After a lost answer or a failed attempt: 1, 2, 4, 8, 16 seconds, then 16 for as long as it takes. Units: milliseconds. */
export function waitBeforeAsking(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 10), LONGEST_WAIT_MS);
}
