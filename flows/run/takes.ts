import type { Digest } from "../basics/ids";
import { at } from "../basics/indexed";
import type { Source, Step } from "../plan/plan";
import type { ValueRef } from "../ports/values";
import type { RunState, StepState } from "./state";

export type Takes = Readonly<Record<string, ValueRef>>;

/** Where values are looked up: a state, or an event at work on one. */
export type Standings = { input: Digest; standing(place: number): StepState };

export function standingsOf({ input, steps }: RunState): Standings {
  return { input, standing: (place) => at(steps, place) };
}

/** What a step is given, by reference: the run's input, what an earlier step delivered, or a literal of the plan. [C6] */
export function takesOf(standings: Standings, { takes }: Pick<Step, "takes">): Takes {
  return Object.fromEntries(Object.entries(takes).map(([name, source]) => [name, refOf(standings, source)]));
}

/** Errors: TypeError when the source has not closed with a value, which its gate rules out. */
export function refOf({ input, standing }: Standings, source: Source): ValueRef {
  switch (source.from) {
    case "constant":
      return { from: "constant", value: source.value };
    case "input":
      return { from: "stored", digest: input, field: source.field };
    default: {
      const step = standing(source.step);
      if (step.in !== "closed" || !step.output) throw new TypeError(`step ${source.step} has delivered nothing`);
      return { from: "stored", digest: step.output, field: source.field };
    }
  }
}
