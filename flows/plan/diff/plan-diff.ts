import type { NodeId } from "../../basics/ids";
import { canonicalJson } from "../canonical";
import type { Plan } from "../plan";
import { authorityChanges } from "./authority";
import { inOrderOfRisk, type PlanChange, type Titles, titleOf } from "./change";
import { dataChanges } from "./data";
import { moneyChanges } from "./money";
import { type Told, toldOf } from "./steps";

export type { PlanChange, Titles } from "./change";

/** What people see of a drawing and no run depends on. */
export type Looks = { titles: Titles; layout: Readonly<Record<string, { x: number; y: number }>> };

/**
 * What changed from one plan to another, in words, the most important first: money, authority, data, logic, looks. Two
 * plans that differ always differ in something that is named; the same plan twice differs in nothing. [D4]
 */
export function planDiff(before: Plan, after: Plan, looks?: { before: Looks; after: Looks }): PlanChange[] {
  // What is gone has its name only in the plan before.
  const titles = { ...looks?.before.titles, ...looks?.after.titles };
  const told = { before: toldOf(before), after: toldOf(after), titles };
  const changes = [
    ...moneyChanges(before, after, told),
    ...authorityChanges(before, after, told),
    ...dataChanges(before, after),
    ...logicChanges(before, after, told),
    ...(looks ? lookChanges(looks) : []),
  ];
  const differs = canonicalJson(before) !== canonicalJson(after);
  if (differs && changes.every(({ risk }) => risk === "looks"))
    changes.push({
      risk: "logic",
      message: "The steps are put together in another way",
      nodes: [],
      direction: "other",
    });
  return inOrderOfRisk(changes);
}

type Pair = { before: ReadonlyMap<string, Told>; after: ReadonlyMap<string, Told>; titles: Titles };

function logicChanges(before: Plan, after: Plan, { before: was, after: is, titles }: Pair): PlanChange[] {
  const said = (message: string, nodes: readonly NodeId[] = []): PlanChange => ({
    risk: "logic",
    message,
    nodes,
    direction: "other",
  });
  const steps = [...is].flatMap(([id, now]) => {
    const name = titleOf(titles, now.step.node);
    const old = was.get(id);
    if (!old) return [said(`${name} is new`, [now.step.node])];
    return wordsFor(old, now).map((words) => said(`${name} ${words}`, [now.step.node]));
  });
  const gone = [...was].flatMap(([id, { step }]) =>
    is.has(id) ? [] : [said(`${titleOf(titles, step.node)} is gone`, [step.node])],
  );
  const parts = [
    ["input", "What a run is given has changed"],
    ["triggers", "What starts the flow has changed"],
  ] as const;
  const whole = parts.flatMap(([part, words]) =>
    canonicalJson(before[part]) === canonicalJson(after[part]) ? [] : [said(words)],
  );
  const names = ({ results }: Plan) =>
    results
      .map(({ name }) => name)
      .sort()
      .join(", ");
  if (names(before) !== names(after))
    whole.push(said(`Results: ${names(before) || "none"} -> ${names(after) || "none"}`));
  return [...steps, ...gone, ...whole];
}

function wordsFor(before: Told, after: Told): string[] {
  return [
    ...(before.says === after.says ? [] : ["says something else than before"]),
    ...(before.takes === after.takes ? [] : ["is given something else"]),
    ...(before.gates.join() === after.gates.join() ? [] : ["waits for something else"]),
    ...(before.container === after.container ? [] : ["is done in another body"]),
  ];
}

function lookChanges({ before, after }: { before: Looks; after: Looks }): PlanChange[] {
  const renamed = Object.entries(after.titles).filter(
    ([node, title]) => Object.hasOwn(before.titles, node) && before.titles[node] !== title,
  );
  const moved = Object.keys(after.layout).filter(
    (node) => canonicalJson(before.layout[node] ?? null) !== canonicalJson(after.layout[node] ?? null),
  );
  const named: PlanChange[] = renamed.map(([node, title]) => ({
    risk: "looks",
    message: `${before.titles[node] ?? node} is now called ${title}`,
    nodes: [node as NodeId],
    direction: "other",
  }));
  if (moved.length === 0) return named;
  const message = moved.length === 1 ? "1 node was moved" : `${moved.length} nodes were moved`;
  return [...named, { risk: "looks", message, nodes: moved as NodeId[], direction: "other" }];
}
