import { RE2JS, RE2JSException } from "@bufbuild/re2";
import { EXHAUSTED, type Meter } from "./meter";
import { Fault } from "./values";

const MAX_PATTERN = 256;
const MAX_INSTRUCTIONS = 500;
const KEPT = 64;

/** A pattern that is ready to run, and how many instructions one character may cost. */
export type Pattern = { readonly size: number; readonly test: (text: string) => boolean };

const kept = new Map<string, Pattern | Fault>();

/**
 * Makes a pattern of RE2's syntax: no backreferences, no look-around, and time that grows with the text alone. Repeats
 * that unfold into more than 500 instructions are refused. [E4]
 */
export function patternOf(source: string): Pattern | Fault {
  const known = kept.get(source);
  if (known) return known;
  if (kept.size >= KEPT) kept.clear();
  const made = makePattern(source);
  kept.set(source, made);
  return made;
}

/** Whether a pattern is found anywhere in a text. Paid for before it runs: characters times instructions. [E4] */
export function matches(text: string, source: string, meter: Meter): boolean | Fault {
  const pattern = patternOf(source);
  if (pattern instanceof Fault) return pattern;
  return meter.spend(matchSteps(text.length, pattern.size)) ? pattern.test(text) : EXHAUSTED;
}

/**
 * What a match may cost at worst. A larger pattern can make the engine build new states all the way, which was measured at
 * some ten times the work a character; the last term is the building of the first states. The static cost counts on it too.
 */
export function matchSteps(length: number, instructions: number): number {
  const perCharacter = instructions > 10 ? instructions * 4 : instructions;
  return 1 + length * perCharacter + instructions * 8;
}

export const LARGEST_PATTERN = MAX_INSTRUCTIONS;

function makePattern(source: string): Pattern | Fault {
  if (source.length > MAX_PATTERN)
    return new Fault("argument_invalid", `A pattern has at most ${MAX_PATTERN} characters.`);
  try {
    const compiled = RE2JS.compile(source);
    const size = compiled.re2().prog.inst.length;
    if (size > MAX_INSTRUCTIONS) return new Fault("argument_invalid", "This pattern repeats too much.");
    return { size, test: (text) => compiled.test(text) };
  } catch (thrown) {
    if (thrown instanceof RE2JSException)
      return new Fault("argument_invalid", `The pattern is wrong: ${thrown.message}.`);
    throw thrown;
  }
}
