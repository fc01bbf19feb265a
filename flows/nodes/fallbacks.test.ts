import { expect, test } from "vitest";
import { AgentId } from "../basics/ids";
import { money } from "../basics/money";
import type { Manifest } from "../plan/manifest";
import { agent, faultsOf, lowered, manifests } from "./around.contract";

const TEXT = { type: "string" };
const other = AgentId.parse("bolt/reader@1.0.0");
const withOther = (change: Partial<Manifest> = {}) =>
  new Map([...manifests, [other, { ...agent, agent: other, title: "Other", ...change }]]);
const called = { agent: agent.agent, fallbacks: [other] };
const problemsOf = (change: Partial<Manifest>, settings: object = {}) =>
  faultsOf("agent", { ...called, ...settings }, { inputs: { text: TEXT }, known: withOther(change) });

test("[N1] an agent with another to fall back on comes to a call of each, and a join for each field", () => {
  const { steps, offers } = lowered("agent", called, { inputs: { text: TEXT }, known: withOther() });
  expect(steps).toMatchObject([
    { name: "", instruction: { agent: agent.agent, catches: ["transient", "permanent", "business"] } },
    { name: "fallback-1", instruction: { agent: other }, after: [{ step: "", port: "failed" }] },
    { name: "output-1", instruction: { op: "join", only: "first" }, need: 1 },
    { name: "output-2", instruction: { op: "join", only: "first" }, need: 1 },
  ]);
  expect(steps[1]?.instruction).not.toHaveProperty("catches");
  expect(offers).toMatchObject({ summary: { step: "output-1", optional: false }, mood: { optional: true } });
  expect(
    lowered("agent", { ...called, fallbacks: [agent.agent] }, { inputs: { text: TEXT } }).steps[0]?.instruction,
  ).not.toHaveProperty("catches");
});

test("[N3] an agent that cannot stand in for another is refused, with why", () => {
  const { input, output } = agent;
  const said = (change: Partial<Manifest>, settings?: object) =>
    problemsOf(change, settings).map((fault) =>
      typeof fault === "string" ? fault : "problem" in fault ? fault.problem : fault.code,
    );
  expect(said({})).toEqual([]);
  expect(said({ input: { ...input, required: ["text", "count"] } })).toEqual([
    "Other needs count, which is not given here.",
  ]);
  expect(said({ input: { ...input, properties: { text: { type: "integer" } } } })).toEqual([
    "Other takes another text.",
  ]);
  expect(said({ output: { ...output, properties: { mood: TEXT } } })).toEqual(["Other does not give summary."]);
  expect(said({ output: { ...output, required: [] } })).toEqual(["Other does not always give summary."]);
  expect(said({ output: { ...output, properties: { summary: {}, mood: TEXT } } })).toEqual([
    "Other gives another summary.",
  ]);
  const dearer = { price: { kind: "per_call" as const, price: money("microcredits", 700_000n) } };
  const cap = { currency: "microcredits", amount: "650000" };
  expect(said(dearer)).toEqual([]);
  expect(said(dearer, { cap })).toEqual(["cap_below_price"]);
  expect(faultsOf("agent", called, { inputs: { text: TEXT } })).toEqual([{ code: "agent_unknown", agent: other }]);
});

test("[N2] an agent falls back on three others at most, each named once", () => {
  const names = ["a/a@1.0.0", "b/b@1.0.0", "c/c@1.0.0", "d/d@1.0.0"];
  expect(faultsOf("agent", { ...called, fallbacks: names })).toEqual(["fallbacks"]);
  expect(faultsOf("agent", { ...called, fallbacks: ["a/a@1.0.0", "a/a@1.0.0"] })).toEqual(["fallbacks"]);
});
