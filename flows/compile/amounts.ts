import type { Step } from "../plan/plan";
import type { Source } from "../plan/sources";
import { addBit, addBits, type BitSet, bitSet, hasBit } from "./bit-set";
import { containersOf } from "./bodies";
import type { CompileError } from "./compile-error";
import type { Making } from "./making";

/**
 * An amount that an agent or a model had a say in is paid only after people have seen what it is made of: for each such
 * value an approval that shows it stands between, whose yes the payment waits for. [C11]
 */
export function amountFaults({ steps, taken }: Pick<Making, "steps" | "taken">): CompileError[] {
  const judged = steps.flatMap(({ node, instruction }, place) => {
    if (instruction.op !== "pay" || !("expression" in instruction.amount)) return [];
    const tainted = [...(taken.get(place) ?? [])].filter(([, known]) => known.tainted);
    return tainted.map(([input, { source }]) => ({ node, place, input, source }));
  });
  if (judged.length === 0) return [];
  const agreed = agreedBefore(steps);
  return judged
    .filter(({ place, source }) => !agreed(place, source))
    .map(({ node, input }) => ({ code: "amount_unapproved", node, input }));
}

/** Whether a step waits, surely and in its own body or one around it, for the yes of an approval that shows a value. */
function agreedBefore(steps: readonly Step[]): (place: number, source: Source) => boolean {
  const asks = approvalsOf(steps);
  const before = yesesBefore(steps, asks);
  return (place, source) => (asks.showing.get(keyOf(source)) ?? []).some((bit) => hasBit(before[place], bit));
}

/** Every approval has a bit of its own; `showing` says which of them show a value. */
type Approvals = { bitOf: ReadonlyMap<number, number>; showing: ReadonlyMap<string, readonly number[]> };

function approvalsOf(steps: readonly Step[]): Approvals {
  const bitOf = new Map<number, number>();
  const showing = new Map<string, number[]>();
  for (const [place, { instruction, takes }] of steps.entries()) {
    if (instruction.op !== "ask") continue;
    const bit = bitOf.size;
    bitOf.set(place, bit);
    for (const source of Object.values(takes)) note(showing, keyOf(source), bit);
    // What may be edited goes on as the approval made it, and its yes is to exactly that. [R51]
    for (const field of Object.keys(takes)) note(showing, keyOf({ from: "step", step: place, field }), bit);
  }
  return { bitOf, showing };
}

/** For each step the approvals whose yes it waits for: those of its gates and those of the container around it. */
function yesesBefore(steps: readonly Step[], { bitOf }: Approvals): readonly BitSet[] {
  const containers = containersOf(steps);
  const before: BitSet[] = [];
  for (const [place, { gates, need }] of steps.entries()) {
    const bits = bitSet(bitOf.size);
    before.push(bits);
    addBits(bits, before[containers[place] ?? -1]);
    if (need !== undefined) continue; // any of several may have opened it
    for (const { step, port } of gates) {
      addBits(bits, before[step]);
      const bit = port === "approved" ? bitOf.get(step) : undefined;
      if (bit !== undefined) addBit(bits, bit);
    }
  }
  return before;
}

function note(showing: Map<string, number[]>, key: string, bit: number): void {
  const known = showing.get(key);
  if (known) known.push(bit);
  else showing.set(key, [bit]);
}

function keyOf(source: Source): string {
  return JSON.stringify(source);
}
