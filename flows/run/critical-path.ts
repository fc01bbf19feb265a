import { isContainer } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { indexOfPlan, type PlanIndex, RUN } from "../plan/plan-index";
import type { StepView } from "./view";

type Timed = Pick<StepView, "key" | "step" | "path" | "openedAtMs" | "closedAtMs">;

/**
 * The steps that made a run take as long as it took, from its end backwards: each was waited for by the next. Whatever
 * is not among them could have been slower without anybody noticing. Containers whose rounds are among them count too.
 */
export function criticalPath(plan: Plan, steps: readonly Timed[]): ReadonlySet<string> {
  const look = { plan, index: indexOfPlan(plan), closed: leavesOf(plan, steps) };
  const critical = new Set<string>();
  for (let step = latest(look.closed); step && !critical.has(step.key); ) {
    critical.add(step.key);
    const openedAtMs = step.openedAtMs ?? 0;
    const before = behind(look, look.index.placeOf.get(step.step) ?? RUN, step.path);
    step = latest(before.filter(({ closedAtMs }) => (closedAtMs ?? 0) <= openedAtMs));
  }
  return new Set([...critical, ...containersAround(plan, steps, critical)]);
}

type Look = { plan: Plan; index: PlanIndex; closed: readonly Timed[] };

/** Steps that have done something and closed, and that hold no others. */
function leavesOf(plan: Plan, steps: readonly Timed[]): Timed[] {
  const { placeOf } = indexOfPlan(plan);
  return steps.filter(({ step, openedAtMs, closedAtMs }) => {
    const instruction = plan.steps[placeOf.get(step) ?? RUN]?.instruction;
    return instruction && !isContainer(instruction) && openedAtMs !== null && closedAtMs !== null;
  });
}

/** What a step may have waited for: its gates, earlier rounds of its body, and what its container waited for. */
function behind(look: Look, place: number, path: readonly number[]): Timed[] {
  const { plan, index } = look;
  const found = (plan.steps[place]?.gates ?? []).flatMap((gate) => closedAt(look, gate.step, path));
  const container = index.containerOf[place] ?? RUN;
  if (container === RUN) return found;
  const [around, round] = [path.slice(0, -1), path.at(-1) ?? 0];
  const earlier = inside(look, container, around).filter((each) => (each.path[around.length] ?? 0) < round);
  return [...found, ...earlier, ...behind(look, container, around)];
}

/** The step itself, or all that was done in it. */
function closedAt(look: Look, place: number, path: readonly number[]): Timed[] {
  const step = look.plan.steps[place];
  if (!step) return [];
  if (isContainer(step.instruction)) return inside(look, place, path);
  return look.closed.filter((each) => each.step === step.id && startsWith(each.path, path));
}

function inside({ plan, index, closed }: Look, container: number, path: readonly number[]): Timed[] {
  const instruction = plan.steps[container]?.instruction;
  const last = instruction && isContainer(instruction) ? container + instruction.body : container;
  return closed.filter((each) => {
    const place = index.placeOf.get(each.step) ?? RUN;
    return place > container && place <= last && startsWith(each.path, path);
  });
}

function containersAround(plan: Plan, steps: readonly Timed[], critical: ReadonlySet<string>): string[] {
  const { placeOf, containerOf } = indexOfPlan(plan);
  const around = new Set<string>();
  for (const { key, step, path } of steps) {
    if (!critical.has(key)) continue;
    let place = containerOf[placeOf.get(step) ?? RUN] ?? RUN;
    for (let depth = path.length - 1; place !== RUN; depth--) {
      around.add(`${place} ${path.slice(0, depth).join()}`);
      place = containerOf[place] ?? RUN;
    }
  }
  return steps.flatMap(({ key, step, path }) => (around.has(`${placeOf.get(step)} ${path.join()}`) ? [key] : []));
}

function startsWith(path: readonly number[], start: readonly number[]): boolean {
  return start.every((round, depth) => path[depth] === round);
}

function latest(steps: readonly Timed[]): Timed | undefined {
  return steps.reduce<Timed | undefined>(
    (last, each) => (last && (last.closedAtMs ?? 0) >= (each.closedAtMs ?? 0) ? last : each),
    undefined,
  );
}
