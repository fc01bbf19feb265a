import fc from "fast-check";
import { expect } from "vitest";

/** In the long search each fuzzer has a quarter of a minute, and no input may take a second of it. */
const LONG_MS = 15_000;
const MOST_MS = 1_000;
const ENDLESS = 100_000_000;

/** Fast-check's own settings say whether this is the long search (fast-check.config.ts); they hold the printed seed too. */
const isLong = (fc.readConfigureGlobal().numRuns ?? 0) >= 10_000;

/** Tries random inputs as often as any property, or for a while in the long search. What the check throws is what it found. */
export function fuzzing<Input>(inputs: fc.Arbitrary<Input>, check: (input: Input) => void): void {
  if (!isLong) {
    fc.assert(fc.property(inputs, check));
    return;
  }
  const timed = (input: Input) => {
    const began = performance.now();
    check(input);
    expect(performance.now() - began).toBeLessThan(MOST_MS);
  };
  fc.assert(fc.property(inputs, timed), {
    numRuns: ENDLESS,
    interruptAfterTimeLimit: LONG_MS,
    markInterruptAsFailure: false,
  });
}
