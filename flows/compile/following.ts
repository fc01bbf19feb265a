import { isContainer, roundsOf } from "../plan/instructions";
import type { Step } from "../plan/plan";
import { addBit, addBits, type BitSet, bitSet, hasBit } from "./bit-set";
import { containersOf } from "./bodies";

/** The places of all questions of a plan, and whether a step can open only after, or again after, a yes to one of them. */
export type Following = { asks: readonly number[]; isBehind(ask: number, place: number): boolean };

/**
 * What can follow a yes: what its gate opens, with the bodies of containers there. Around the question itself, what is
 * behind its container, and all of a body that can be done again. One pass, whatever the number of questions.
 */
export function stepsBehindAsks(steps: readonly Step[]): Following {
  const asks = steps.flatMap(({ instruction }, place) => (instruction.op === "ask" ? [place] : []));
  if (asks.length === 0) return { asks, isBehind: () => false };
  const bitOf = new Map(asks.map((place, bit) => [place, bit]));
  const containers = containersOf(steps);
  const inside = asksInside(asks, containers);
  const behind: BitSet[] = [];
  for (const [place, { gates }] of steps.entries()) {
    const bits = bitSet(asks.length);
    behind.push(bits);
    const container = containers[place] ?? -1;
    addBits(bits, behind[container]);
    if (isRepeated(steps[container])) addBits(bits, inside.get(container));
    for (const { step, port } of gates) {
      addBits(bits, behind[step]);
      addBits(bits, inside.get(step));
      const bit = port === "approved" ? bitOf.get(step) : undefined;
      if (bit !== undefined) addBit(bits, bit);
    }
  }
  return { asks, isBehind: (ask, place) => hasBit(behind[place], bitOf.get(ask) ?? 0) };
}

/** The questions in the body of each container, however deep. */
function asksInside(asks: readonly number[], containers: readonly number[]): ReadonlyMap<number, BitSet> {
  const inside = new Map<number, BitSet>();
  for (const [bit, place] of asks.entries())
    for (let around = containers[place] ?? -1; around !== -1; around = containers[around] ?? -1) {
      const bits = inside.get(around) ?? bitSet(asks.length);
      addBit(bits, bit);
      inside.set(around, bits);
    }
  return inside;
}

function isRepeated(container: Step | undefined): boolean {
  return container !== undefined && isContainer(container.instruction) && roundsOf(container.instruction) > 1;
}
