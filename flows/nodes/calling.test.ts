import { expect, test } from "vitest";
import { money } from "../basics/money";
import { agent, faultsOf, lowered, manifests, portNames } from "./around.contract";

const TEXT = { type: "string" };
const price = money("microcredits", 600_000n);
const called = (settings: object = {}) => ({ agent: agent.agent, ...settings });
const asked = (settings: object = {}) => ({
  model: "house/small",
  prompt: "Sum up: {{ value }}",
  output: { type: "object", properties: { answer: TEXT, doubt: { type: "number" } }, required: ["answer"] },
  cap: { currency: "microcredits", amount: "20000" },
  maxTokens: 1_000,
  ...settings,
});

test("[N5] an agent is called for its price, and offers what its manifest says", () => {
  expect(portNames("agent", called())).toEqual({ inputs: ["text!", "count", "key"], outputs: ["summary", "mood"] });
  expect(portNames("agent", { agent: "no/body@1.0.0" })).toBeNull();
  const { steps, offers } = lowered("agent", called({ inputs: { count: 3, text: "unused" } }), {
    inputs: { text: TEXT },
  });
  expect(steps).toMatchObject([
    {
      name: "",
      takes: { text: { from: "input", input: "text" }, count: { from: "constant", value: 3 } },
      instruction: { op: "call", cap: price, price, payee: "acme", retries: 0, effect: "keyed" },
    },
  ]);
  expect(offers).toMatchObject({
    summary: { value: "made", field: "summary", schema: TEXT, optional: false },
    mood: { optional: true },
  });
});

test("[N3] an agent reports every input that it has not or that does not fit, and a cap below its price", () => {
  const cap = { currency: "microcredits", amount: "599999" };
  expect(faultsOf("agent", called({ cap, inputs: { colour: "red", count: "three" } }))).toMatchObject([
    { code: "cap_below_price", cap: { amount: 599_999n }, price },
    { code: "settings_invalid", field: "inputs.colour" },
    { code: "settings_invalid", field: "inputs.count" },
  ]);
  expect(faultsOf("agent", called({ cap: { currency: "usdc_base", amount: "600000" } }))).toMatchObject([
    { code: "cap_below_price" },
  ]);
  expect(faultsOf("agent", { agent: "no/body@1.0.0" })).toEqual([{ code: "agent_unknown", agent: "no/body@1.0.0" }]);
});

test("[N5] an agent that is paid by the page is called for as many pages as a call may come to", () => {
  const page = { unit: "page", price: money("microcredits", 200_000n), maxPerCall: 40 };
  const readers = new Map([[agent.agent, { ...agent, price: { kind: "metered" as const, ...page } }]]);
  const most = money("microcredits", 8_000_000n);
  expect(lowered("agent", called(), { known: readers }).steps[0]?.instruction).toMatchObject({
    ...{ cap: most, price: most },
    metered: page,
  });
  const cap = { currency: "microcredits", amount: "7999999" };
  expect(faultsOf("agent", called({ cap }), { known: readers })).toMatchObject([{ code: "cap_below_price" }]);
  expect(lowered("agent", called(), { known: manifests }).steps[0]?.instruction).not.toHaveProperty("metered");
});

test("[N2] an agent is called again five times at most", () => {
  expect(faultsOf("agent", called({ retries: 5 }))).toEqual([]);
  expect(faultsOf("agent", called({ retries: 6 }))).toEqual(["retries"]);
  expect(faultsOf("agent", called({ retries: 0.5 }))).toEqual(["retries"]);
});

test("[N5] a model offers the properties of its answer, what it decided, and what it stopped with", () => {
  expect(portNames("model", asked())).toEqual({ inputs: ["value!"], outputs: ["answer", "doubt", "stopped"] });
  expect(portNames("model", asked({ actions: ["send", "hold"] }))).toMatchObject({
    outputs: ["answer", "doubt", "decision", "stopped"],
  });
});

test("[M1] a model comes to a drawing of its own, in which each of its agents stands once, by its id", () => {
  const tools = [agent.agent, agent.agent];
  const settings = asked({ tools, maxCalls: 2, cap: { currency: "microcredits", amount: "900000" } });
  const { drawn } = lowered("model", settings, { inputs: { value: TEXT } });
  const called = drawn?.nodes.flatMap(({ kind, settings }) => (kind === "model_tool" ? [settings] : []));
  expect(called).toEqual([{ agent: agent.agent }]);
  const names = drawn?.nodes.flatMap(({ kind, settings }) => (kind === "output" ? [settings.name] : []));
  expect(names).toEqual(["answer", "doubt", "stopped"]);
});

test("[N3] a model reports what it cannot be asked, all at once, with the place in the prompt", () => {
  const broken = asked({
    model: "elsewhere/large",
    prompt: "Sum up: {{ valeu }}",
    tools: ["no/body@1.0.0"],
    output: { type: "object", properties: { answer: { type: "string", pattern: "(a+)+$" } } },
  });
  expect(faultsOf("model", broken, { inputs: { value: TEXT } })).toMatchObject([
    { code: "model_unknown", model: "elsewhere/large" },
    { code: "expression_invalid", field: "prompt", place: { from: 11, to: 16 } },
    { code: "settings_invalid", field: "output.properties.answer" },
    { code: "agent_unknown", agent: "no/body@1.0.0" },
    { code: "settings_invalid", field: "maxCalls" },
  ]);
  const stopped = { type: "object", properties: { stopped: TEXT } };
  const poor = asked({
    cap: { currency: "microcredits", amount: "5000" },
    tools: [agent.agent],
    maxCalls: 1,
    maxTurns: 1,
    output: stopped,
  });
  expect(faultsOf("model", poor, { inputs: { value: TEXT } })).toMatchObject([
    { code: "settings_invalid", field: "cap", problem: expect.stringMatching(/^One turn may cost 0.018 credits/) },
    { code: "settings_invalid", field: "output.properties.stopped" },
    { code: "cap_below_price" },
    { code: "settings_invalid", field: "maxTurns" },
  ]);
});

test("[N2] a model without limits is refused", () => {
  const { maxTokens: _, ...unlimited } = asked();
  expect(faultsOf("model", unlimited)).toEqual(["maxTokens"]);
  expect(faultsOf("model", asked({ maxTurns: 51, maxCalls: 51, maxTokens: 0, deadlineMs: 600_001 })).sort()).toEqual([
    "deadlineMs",
    "maxCalls",
    "maxTokens",
    "maxTurns",
  ]);
});
