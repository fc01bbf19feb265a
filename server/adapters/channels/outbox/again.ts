const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** So often a message is sent before it is given up: over ten hours. */
export const MOST_ATTEMPTS = 16;
/** After so many, which is about half a minute, others are told; it goes on being tried. */
export const ATTEMPTS_ALONE = 3;

/**
 * How long a message that was not sent waits: three times as long each time, up to an hour, and by chance between half of
 * that and all of it, so that those who failed together do not come back together. `chance` is from 0 to 1.
 */
export function restMs(attempts: number, chance: number): number {
  const whole = Math.min(FIRST_MS * 3 ** Math.max(0, attempts - 1), LONGEST_MS);
  return Math.round(whole * (0.5 + chance / 2));
}
