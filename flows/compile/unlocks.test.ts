import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { compile } from "./compile";
import { agent, flow, type Node, planned, registry, start } from "./small-drawing.contract";

const ask = (id: string, parent?: string): Node => ({
  ...{ id, kind: "approval", question: "Go on?" },
  ...(parent ? { parent } : {}),
});
const unlockedBy = (plan: ReturnType<typeof planned>) =>
  Object.fromEntries(
    plan.steps.flatMap(({ id, instruction }) => (instruction.op === "ask" ? [[id, instruction.unlocks]] : [])),
  );
const credits = (amount: bigint) => [money("microcredits", amount)];

test("[C7] a yes in a body unlocks the rounds that come after it, and what is behind the body", () => {
  const again: Node = { id: "again", kind: "loop", while: "true", most: 4 };
  const once: Node = { id: "once", kind: "try", attempts: 1 };
  const steps = (container: Node) => [
    container,
    agent("work", container.id),
    ask("look", container.id),
    agent("after"),
  ];
  const inLoop = planned(
    steps(again),
    ...["in.text > again.value", "again.value > work.x", "work.text > look.subject", "look.approved > again.next"],
    "again.done > after.x",
  );
  expect(unlockedBy(inLoop)).toMatchObject({ look: { bound: credits(4n * 3n + 3n) } });
  const inTry = planned(
    steps(once),
    ...["in.text > work.x", "work.text > look.subject", "look.approved > once.result", "once.done > after.x"],
  );
  expect(unlockedBy(inTry)).toMatchObject({ look: { bound: credits(3n) } });
});

test("[C7] a yes unlocks the bodies behind it with all of their rounds, and nothing beside them", () => {
  const plan = planned(
    [
      ask("first"),
      { id: "each", kind: "map", most: 5, atOnce: 1 },
      agent("work", "each"),
      ask("second"),
      agent("next"),
    ],
    ...[
      "in.items > first.subject",
      "first.approved > each.items",
      "each.item > work.x",
      "each.results > second.subject",
    ],
    ...["second.approved > next.x"],
  );
  expect(unlockedBy(plan)).toMatchObject({
    first: { bound: credits(5n * 3n + 3n), payees: ["acme"], agents: ["acme/cheap@1.0.0"] },
    second: { bound: credits(3n) },
  });
});

test("[C7] [C13] the agents that a model may call are named where its answer can be unlocked, and given what it is given", () => {
  const tools = ["acme/dear@1.0.0", "bolt/once@1.0.0"];
  const settings = { model: "house/small", prompt: "{{ value }}", tools, maxCalls: 2, maxTokens: 100 };
  const output: Json = { type: "object", properties: { text: { type: "string" } } };
  const think = { id: "think", kind: "model", ...settings, output, cap: { currency: "microcredits", amount: "900" } };
  const rates = { read: money("microcredits", 1n), written: money("microcredits", 1n) };
  const terms = { payee: AccountId.parse("studio"), publisher: "house" as const, rates };
  const models = new Map([["house/small", terms]]);
  const drawn = flow([start, ask("look"), think], ["in.text > look.subject", "look.approved > think.value"]);
  const compiled = compile(drawn, { ...registry, models });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const { plan } = compiled.value;
  expect(unlockedBy(plan)).toMatchObject({
    look: { bound: credits(900n), payees: ["acme", "bolt", "studio"], agents: tools },
  });
  const fields = [{ field: "value", carries: [] }];
  expect(plan.data.map(({ to, fields }) => ({ to, fields }))).toEqual([
    ...tools.map((agent) => ({ to: { agent }, fields: [{ field: "input", carries: [] }] })),
    { to: { approver: "@starter" }, fields: [{ field: "subject", carries: [] }] },
    {
      to: { model: "house/small" },
      fields: [{ field: "answers of agents", carries: [] }, { field: "earlier turns", carries: [] }, ...fields],
    },
  ]);
});
