import type { StepView } from "@/flows/run/view";

type Step = Pick<StepView, "step" | "path" | "op">;
type Timed = Step & Pick<StepView, "openedAtMs" | "status">;

/** The parts of a model stand under its own name: `research.turn`, `research.tool-0`. */
const partOf = ({ step }: Pick<Step, "step">) => step.split(".").at(-1) ?? "";
const frameOf = ({ step }: Pick<Step, "step">) => step.split(".").slice(0, -1).join(".");

/**
 * What a person wants to see of the steps of a run. A model comes to many: its frame, its turns and the calls that each of
 * them asked for are shown, one after the other; what only keeps them together is not.
 */
export function shownSteps<T extends Timed>(steps: readonly T[]): readonly T[] {
  const models = new Set(steps.flatMap((step) => (step.op === "model" ? [frameOf(step)] : [])));
  if (models.size === 0) return steps;
  const placed = new Set<string>();
  return steps.flatMap((step) => {
    const frame = frameOf(step);
    if (!models.has(frame)) return [step];
    if (placed.has(frame)) return [];
    placed.add(frame);
    const parts = steps.filter((each) => frameOf(each) === frame && isShown(each)).sort(inTurn);
    return parts.map((part) => (isFrame(part) ? sinceFirst(part, parts) : part));
  });
}

/** What only holds others has begun when the first of them did. */
function sinceFirst<T extends Timed>(frame: T, parts: readonly T[]): T {
  const inside = parts.filter(({ path }) => frame.path.every((round, place) => path[place] === round));
  const began = inside.flatMap(({ openedAtMs }) => openedAtMs ?? []);
  return began.length > 0 ? { ...frame, openedAtMs: Math.min(...began) } : frame;
}

/** The step that holds all turns of a model and what they call, under its cap. */
function isFrame(step: Pick<Step, "step" | "op">): boolean {
  return step.op === "try" && step.step.endsWith(".cap");
}

/** An agent that was not called, or a turn before the first, is told by nothing. */
function isShown(step: Timed): boolean {
  if (step.op === "model" || step.op === "call") return step.path.length > 0;
  return isFrame(step) || step.status === "failed";
}

/** By turns, and a turn before what it asked for. */
function inTurn({ path: a }: Step, { path: b }: Step): number {
  for (const [place, round] of a.entries()) {
    const other = b[place];
    if (other === undefined) return 1;
    if (other !== round) return round - other;
  }
  return a.length - b.length;
}

/** Which part of a model a step is, in words: "turn 2", or whom it called in that turn. Null for every other step. */
export function partWords({ step, path, op }: Step, agent: string | null): string | null {
  if (op === "model" && partOf({ step }) === "turn") return `turn ${(path.at(-1) ?? 0) + 1}`;
  if (op !== "call" || !/^tool-\d+$/.test(partOf({ step })) || !step.includes(".")) return null;
  const name = agent ? (/\/(.+)@/.exec(agent)?.[1] ?? agent) : "an agent";
  return `turn ${(path.at(-3) ?? 0) + 1}: ${name}`;
}
