/** Throws a number from 0 up to, but not, `sides`. The same seed throws the same numbers. */
export type Dice = (sides: number) => number;

/** Mulberry32: small, and good enough to choose with. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

export function oneOf<T>(dice: Dice, all: readonly T[]): T {
  const chosen = all[dice(all.length)];
  if (chosen === undefined) throw new RangeError("there is nothing to choose from");
  return chosen;
}
