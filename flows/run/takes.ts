import type { Digest } from "../basics/ids";
import type { Plan } from "../plan/plan";
import type { Kept, Path, Source } from "../plan/sources";
import { partOf, type ValueRef } from "../ports/values";
import { besideOf, type Round, type Spot, seenFrom } from "./spots";
import type { Rounds, RunState, StepState } from "./state";
import { stepStateAt } from "./step-state";

export type Takes = Readonly<Record<string, ValueRef>>;

/** Where values are looked up: a state, or an event at work on one. */
export type Standings = { plan: Plan; input: Digest; standing(slot: number): StepState };

export function standingsOf(plan: Plan, { input, steps }: RunState): Standings {
  return { plan, input, standing: (slot) => stepStateAt(steps, slot) };
}

/**
 * What a step is given, by reference: the run's input, what an earlier step made, what its round brings, or a literal of
 * the plan. What was not made, as an optional output may, stays away. [C6]
 */
export function takesOf(standings: Standings, spot: Spot): Takes {
  const step = standings.plan.steps[spot.step];
  if (!step) throw new RangeError(`the plan has no step ${spot.step}`);
  if (step.instruction.op === "join") return takesOfJoin(standings, spot, gatesOpen(standings, spot));
  const taken = Object.entries(step.takes).map(
    ([name, source]) => [name, refOf(standings, spot.round, source)] as const,
  );
  return present(taken);
}

/** What a loop's condition looks at: what the step takes, with the value that the rounds so far have come to. */
export function takesOfLoop(
  standings: Standings,
  spot: Spot,
  { part, rounds }: { part: number; rounds: Rounds | null },
): Takes {
  const taken = Object.entries(takesOf(standings, spot));
  const index: ValueRef = { from: "constant", value: part };
  return present([...taken, ["value", rounds?.carried ?? null], ["index", index]]);
}

/** What a join was given: only what came in by the gates that it opened with. */
export function takesOfJoin(standings: Standings, spot: Spot, took: readonly number[]): Takes {
  const step = standings.plan.steps[spot.step];
  if (step?.instruction.op !== "join") throw new TypeError(`${spot.id} joins nothing`);
  const came = step.instruction.ways.filter((_, gate) => took.includes(gate));
  return present(
    came.map((name) => {
      const source = step.takes[name];
      return [name, source ? refOf(standings, spot.round, source) : null];
    }),
  );
}

/** Which gates of a step are open, by their place. */
export function gatesOpen({ plan, standing }: Standings, { step, round }: Spot): number[] {
  return (plan.steps[step]?.gates ?? []).flatMap((gate, place) => {
    const stands = standing(besideOf(plan, round, gate.step).slot);
    return stands.in === "closed" && stands.port === gate.port ? [place] : [];
  });
}

/** What the rounds of a map came to, each under its number. A round that came to nothing is left out. */
export function takesOfRounds(values: Iterable<readonly [number, ValueRef | null]>): Takes {
  return present([...values].map(([round, value]) => [String(round), value]));
}

/** Null for a field that its step did not make. Errors: TypeError when the source has not closed, which its gate rules out. */
export function refOf(standings: Standings, round: Round, source: Source): ValueRef | null {
  switch (source.from) {
    case "constant":
      return { from: "constant", value: source.value };
    case "input":
      return { from: "stored", digest: standings.input, field: source.field };
    case "each":
      return within(roundRef(standings, round, source), source.at);
    default: {
      const stands = standings.standing(seenFrom(standings.plan, round, source.step).slot);
      if (stands.in !== "closed") throw new TypeError(`step ${source.step} has not closed`);
      const { field, at } = source;
      const given = field !== null && stands.gives && Object.hasOwn(stands.gives, field) ? stands.gives[field] : null;
      if (given) return within(given, at);
      return stands.output ? within({ from: "stored", digest: stands.output, field }, at) : null;
    }
  }
}

/** What a body keeps of a round, once its gates are known to be open; null when they did not open. */
export function keptOf(standings: Standings, round: Round, kept: Kept | null): ValueRef | null {
  const opened = kept?.gates.every(({ step, port }) => {
    const stands = standings.standing(besideOf(standings.plan, round, step).slot);
    return stands.in === "closed" && stands.port === port;
  });
  return kept && opened ? refOf(standings, round, kept.value) : null;
}

/** What a round of a container brings: its number, the item with that number, or the value that a loop carries. */
function roundRef(
  standings: Standings,
  from: Round,
  { step, field }: Extract<Source, { from: "each" }>,
): ValueRef | null {
  let round: Round | null = from;
  while (round && round.above?.step !== step) round = round.above?.round ?? null;
  if (!round?.above) throw new RangeError(`step ${step} does not contain this one`);
  if (field === "index") return { from: "constant", value: round.round };
  if (field === "item") return itemOf(takesOf(standings, round.above).items ?? null, round.round);
  const stands = standings.standing(round.above.slot);
  return stands.in === "iterating" ? stands.rounds.carried : null;
}

function itemOf(list: ValueRef | null, place: number): ValueRef | null {
  return within(list, [place]);
}

/** A part of a value by reference; null where a literal has no such part. */
function within(whole: ValueRef | null, at: Path = []): ValueRef | null {
  if (whole === null || at.length === 0) return whole;
  if (whole.from === "stored") return { ...whole, at: [...(whole.at ?? []), ...at] };
  const part = partOf(whole.value, at);
  return part === undefined ? null : { from: "constant", value: part };
}

function present(taken: Iterable<readonly [string, ValueRef | null]>): Takes {
  return Object.fromEntries([...taken].filter((each): each is [string, ValueRef] => each[1] !== null));
}
