import { canonicalJson } from "../canonical";
import { isContainer, isPaying } from "../instructions";
import type { Plan, Step } from "../plan";
import type { Gate, Source } from "../sources";

/** A step as it is told apart from another plan's: places are ids, and what follows from other steps is left out. */
export type Told = { step: Step; container: string | null; gates: readonly string[]; takes: string; says: string };

/** The steps of a plan by id. */
export function toldOf(plan: Plan): ReadonlyMap<string, Told> {
  const idOf = (place: number) => plan.steps[place]?.id ?? "?";
  const containers = containersOf(plan);
  return new Map(
    plan.steps.map((step, place) => {
      const container = containers[place];
      return [
        step.id,
        {
          step,
          container: container === undefined || container === null ? null : idOf(container),
          gates: step.gates.map((gate) => gateText(gate, idOf)).sort(),
          takes: canonicalJson(
            Object.fromEntries(Object.entries(step.takes).map(([name, source]) => [name, named(source, idOf)])),
          ),
          says: canonicalJson({ ...saysOf(step, idOf), need: step.need ?? null }),
        },
      ];
    }),
  );
}

function gateText({ step, port }: Gate, idOf: (place: number) => string): string {
  return `${idOf(step)}/${port}`;
}

function named(source: Source, idOf: (place: number) => string) {
  return "step" in source ? { ...source, step: idOf(source.step) } : source;
}

/** An instruction without what follows from elsewhere: what a yes unlocks, and how long a body is. */
function saysOf({ instruction }: Step, idOf: (place: number) => string) {
  if (instruction.op === "ask") return { ...instruction, unlocks: null };
  if (!isContainer(instruction)) return instruction;
  const { gives } = instruction;
  const kept = gives
    ? { value: named(gives.value, idOf), gates: gives.gates.map((gate) => gateText(gate, idOf)) }
    : null;
  return { ...instruction, body: null, gives: kept };
}

function containersOf({ steps }: Plan): (number | null)[] {
  const around: { container: number; last: number }[] = [];
  return steps.map(({ instruction }, place) => {
    while (around.length > 0 && (around.at(-1)?.last ?? 0) < place) around.pop();
    const container = around.at(-1)?.container ?? null;
    if (isContainer(instruction)) around.push({ container: place, last: place + instruction.body });
    return container;
  });
}

/** For each step that pays, the questions whose yes it waits for, surely and wherever they stand before it. */
export function askedBefore(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const containers = containersOf(plan);
  const before = new Map<number, ReadonlySet<string>>();
  for (const [place, step] of plan.steps.entries()) {
    const around = before.get(containers[place] ?? -1) ?? [];
    before.set(place, new Set([...around, ...askedBy(plan, step, before)]));
  }
  const paying = [...plan.steps.entries()].filter(([, { instruction }]) => isPaying(instruction));
  return new Map(paying.map(([place, { id }]) => [id, before.get(place) ?? new Set<string>()]));
}

/** Where any of several gates is enough, none of them is sure. */
function askedBy(plan: Plan, { gates, need }: Step, before: ReadonlyMap<number, ReadonlySet<string>>): string[] {
  if (need !== undefined) return [];
  return gates.flatMap(({ step, port }) => {
    const from = plan.steps[step];
    const own = from?.instruction.op === "ask" && port === "approved" ? [from.id] : [];
    return [...own, ...(before.get(step) ?? [])];
  });
}
