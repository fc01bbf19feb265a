import type { Source } from "../plan/sources";
import type { CompileError } from "./compile-error";
import type { Making } from "./making";

/**
 * An amount that an agent or a model had a say in is paid only after people have seen what it is made of: for each such
 * value an approval that shows it stands between, whose yes the payment waits for. [C11]
 */
export function amountFaults({ steps, taken }: Pick<Making, "steps" | "taken">): CompileError[] {
  return steps.flatMap(({ node, instruction }, place): CompileError[] => {
    if (instruction.op !== "pay" || !("expression" in instruction.amount)) return [];
    const tainted = [...(taken.get(place) ?? [])].filter(([, known]) => known.tainted);
    if (tainted.length === 0) return [];
    const shown = shownBefore({ steps }, place);
    return tainted
      .filter(([, { source }]) => !shown.has(keyOf(source)))
      .map(([input]) => ({ code: "amount_unapproved", node, input }));
  });
}

/** What the approvals show whose yes a step waits for, surely and in its own body or one around it. */
function shownBefore({ steps }: Pick<Making, "steps">, place: number): Set<string> {
  const shown = new Set<string>();
  const seen = new Set<number>();
  const left = [place, ...containersOf({ steps }, place)];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const step = steps[next];
    if (!step || seen.has(next)) continue;
    seen.add(next);
    if (step.need !== undefined) continue; // any of several may have opened it
    for (const { step: before, port } of step.gates) {
      if (port === "approved") for (const source of shownBy(steps[before])) shown.add(keyOf(source));
      left.push(before);
    }
  }
  return shown;
}

function shownBy(step: Making["steps"][number] | undefined): readonly Source[] {
  return step?.instruction.op === "ask" ? Object.values(step.takes) : [];
}

/** The containers around a step, which opened before it. */
function containersOf({ steps }: Pick<Making, "steps">, place: number): number[] {
  return steps.flatMap(({ instruction }, container) =>
    "body" in instruction && container < place && place <= container + instruction.body ? [container] : [],
  );
}

function keyOf(source: Source): string {
  return JSON.stringify(source);
}
