import { expect, test } from "vitest";
import { StepId } from "../basics/ids";
import { callStep, planOf } from "../examples/small-plan";
import type { Plan } from "../plan/plan";
import { criticalPath } from "./critical-path";

type Stretch = readonly [number | null, number | null];

const after = (...steps: number[]) => steps.map((step) => ({ step, port: "done" }));

function timed(id: string, [openedAtMs, closedAtMs]: Stretch, path: readonly number[] = []) {
  const key = path.length > 0 ? `${id}@${path.join(".")}` : id;
  return { key, step: StepId.parse(id), path, openedAtMs, closedAtMs };
}

test("of two ways that join, the one that was waited for is critical", () => {
  const plan = planOf([
    callStep("a"),
    callStep("b", after(0)),
    callStep("c", after(0)),
    callStep("d", after(1, 2)),
    callStep("e", after(0)),
  ]);
  const steps = [
    timed("a", [0, 10]),
    timed("b", [10, 20]),
    timed("c", [10, 50]),
    timed("d", [50, 60]),
    timed("e", [10, 59]),
  ];
  expect([...criticalPath(plan, steps)]).toEqual(["d", "c", "a"]);
});

test("a run that has only begun, or in which nothing closed, has none", () => {
  const plan = planOf([callStep("a"), callStep("b", after(0))]);
  expect([...criticalPath(plan, [timed("a", [null, null]), timed("b", [null, null])])]).toEqual([]);
  expect([...criticalPath(plan, [timed("a", [0, null]), timed("b", [null, null])])]).toEqual([]);
});

test("the rounds of a body wait for one another, and their container is critical with them", () => {
  const [before, inner, behind] = [callStep("a"), callStep("b"), callStep("c", after(1))];
  const flat = planOf([before, callStep("m", after(0)), inner, behind]);
  const map = { op: "map", most: 3, atOnce: 1, body: 1 };
  const steps = flat.steps.map((step, place) => (place === 1 ? { ...step, instruction: map } : step));
  const plan = { ...flat, steps } as unknown as Plan;
  const seen = [
    timed("a", [0, 10]),
    timed("m", [10, 40]),
    timed("b", [10, 20], [0]),
    timed("b", [20, 40], [1]),
    timed("c", [40, 50]),
  ];
  expect([...criticalPath(plan, seen)].sort()).toEqual(["a", "b@0", "b@1", "c", "m"]);
});
