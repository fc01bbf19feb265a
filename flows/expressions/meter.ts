import { Fault } from "./values";

/** The most steps that one evaluation may take: about a tenth of a second. No clock is asked, so every machine agrees. [E3] */
export const MAX_STEPS = 1_000_000;

/** Counts the work of one evaluation. A step is one node, one turn, or some 32 characters or bytes that are looked at. */
export class Meter {
  #left: number;

  constructor(readonly limit: number = MAX_STEPS) {
    this.#left = limit;
  }

  get used(): number {
    return this.limit - this.#left;
  }

  /** Pays for work before it is done. False, from then on, when there is not enough left. */
  spend(steps: number): boolean {
    this.#left = steps <= this.#left ? this.#left - steps : 0;
    return this.#left > 0;
  }

  /** Pays for looking at a text once. */
  read(length: number): boolean {
    return this.spend(1 + (length >>> 5));
  }
}

export const EXHAUSTED = new Fault("steps_exceeded", "The expression takes too many steps for this value.");
