import { expect, test } from "vitest";
import { digestOf } from "../plan/digest";
import { faultsOf, lowered, portNames } from "./around.contract";

const NUMBER = { type: "integer" };
const value = { inputs: { value: NUMBER } };

test("[N5] a branch passes on the value, or what is carried beside it, to one of two sides", () => {
  const condition = "value > 2";
  expect(portNames("branch", { condition })).toEqual({ inputs: ["value!", "carry"], outputs: ["yes", "no"] });
  const { steps, offers } = lowered("branch", { condition }, value);
  expect(steps).toEqual([
    {
      name: "",
      takes: { value: { from: "input", input: "value" } },
      instruction: {
        op: "choose",
        cases: [{ port: "yes", when: condition }],
        otherwise: "no",
        reads: { value: digestOf(NUMBER) },
      },
    },
  ]);
  expect(offers.yes).toEqual({ value: "passed_on", input: "value", after: { step: "", port: "yes" } });
  const carried = lowered("branch", { condition }, { inputs: { value: NUMBER, carry: true } });
  expect(carried.offers.no).toMatchObject({ input: "carry", after: { port: "no" } });
  expect(Object.keys(carried.steps[0]?.takes ?? {})).toEqual(["value"]);
});

test("[N3] a condition is judged against what is wired, and its fault has a place in the text", () => {
  expect(faultsOf("branch", { condition: "value.size() > 1" }, value)).toMatchObject([
    { code: "condition_invalid", field: "condition" },
  ]);
  expect(faultsOf("branch", { condition: "value > " }, value)).toMatchObject([{ code: "condition_invalid" }]);
  expect(faultsOf("branch", { condition: "1 < 2 && nobody" }, value)).toMatchObject([
    { code: "condition_invalid", place: { from: 9, to: 15 } },
  ]);
  expect(faultsOf("branch", { condition: "value + 1" }, value)).toMatchObject([{ problem: /yes or no/ }]);
  expect(faultsOf("branch", { condition: "1 / 0 == 1" }, value)).toMatchObject([{ problem: /never has an answer/ }]);
});

test("[N4] only what an expression reads is named, and only if somebody knows its schema", () => {
  const reads = (condition: string, inputs: object) => {
    const [step] = lowered("branch", { condition }, { inputs: { ...inputs } as never }).steps;
    return step?.instruction.op === "choose" ? step.instruction.reads : null;
  };
  expect(reads("true", value.inputs)).toEqual({});
  expect(reads("value == 1", { value: true })).toEqual({});
  expect(reads("value == 1", { value: {} })).toEqual({});
  expect(reads("value == 1", value.inputs)).toEqual({ value: digestOf(NUMBER) });
});

const cases = [
  { name: "few", when: "value < 3" },
  { name: "many", when: "value > 10" },
];

test("[N5] a switch has an output for each case and one for the rest", () => {
  expect(portNames("switch", { cases })).toMatchObject({ outputs: ["few", "many", "otherwise"] });
  expect(portNames("switch", { cases, otherwise: false })).toMatchObject({ outputs: ["few", "many"] });
  expect(lowered("switch", { cases }, value)).toMatchObject({
    steps: [{ instruction: { cases: [{ port: "few" }, { port: "many" }], otherwise: "otherwise" } }],
    offers: { many: { value: "passed_on", after: { port: "many" } } },
  });
  expect(lowered("switch", { cases, otherwise: false }, value).steps).toMatchObject([
    { instruction: { otherwise: null } },
  ]);
});

test("[N3] a switch reports every case that is wrong, and refuses names that mean two things", () => {
  const wrong = [
    { name: "a", when: "value" },
    { name: "b", when: "value == 1" },
    { name: "c", when: "" },
  ];
  expect(faultsOf("switch", { cases: wrong }, value)).toMatchObject([
    { code: "condition_invalid", field: "cases.0.when" },
    { code: "condition_invalid", field: "cases.2.when" },
  ]);
  const named = (...names: string[]) => faultsOf("switch", { cases: names.map((name) => ({ name, when: "true" })) });
  expect(named("a", "a")).toEqual(["cases"]);
  expect(named("otherwise")).toEqual(["cases.0.name"]);
  expect(named("a b")).toEqual(["cases.0.name"]);
  expect(named()).toEqual(["cases"]);
  expect(named(...Array.from({ length: 21 }, (_, place) => `case${place}`))).toEqual(["cases"]);
});

test("[N5] an approval asks each approver once; a refusal goes on only where something is wired", () => {
  const settings = { question: "Send it?", approvers: ["zoe", "ann", "zoe"] };
  expect(portNames("approval", settings)).toEqual({ inputs: ["subject!"], outputs: ["approved", "denied"] });
  const asked = lowered("approval", settings, { inputs: { subject: true } });
  expect(asked).toMatchObject({
    steps: [{ instruction: { op: "ask", approvers: ["ann", "zoe"], timeoutMs: 86_400_000, denial: "fails" } }],
    offers: { approved: { after: { port: "approved" } }, denied: { after: { port: "denied" } } },
  });
  expect(lowered("approval", settings, { outputs: ["denied"] }).steps).toMatchObject([
    { instruction: { denial: "continues" } },
  ]);
  expect(lowered("approval", { question: "Send it?" }).steps).toMatchObject([
    { instruction: { approvers: ["@starter"] } },
  ]);
  expect(faultsOf("approval", { question: "", approvers: [], timeoutMs: 999 }).sort()).toEqual([
    "approvers",
    "question",
    "timeoutMs",
  ]);
});

const schema = { type: "string", maxLength: 3 };
const bySchema = { by: "schema", schema };

test("[N5] a guard that blocks stops the run, and what passed a schema is known to fit it", () => {
  const blocks = { rule: bySchema, otherwise: "blocks" };
  expect(portNames("guard", blocks)).toEqual({ inputs: ["value!"], outputs: ["passed"] });
  const known = (comes: object | true) => lowered("guard", blocks, { inputs: { value: comes as never } }).offers.passed;
  expect(lowered("guard", blocks).steps).toMatchObject([
    { instruction: { op: "guard", otherwise: "fails", rule: { by: "schema", schema: digestOf(schema) } } },
  ]);
  expect(known(true)).toEqual({ value: "passed_on", input: "value", after: { step: "", port: "passed" }, schema });
  expect(known({ type: "string" })).toMatchObject({ schema });
  expect(known({ const: "ab" })).toMatchObject({ schema: { const: "ab" } });
});

test("[N6] a guard takes no label off a value and puts none on it", () => {
  const passed = (rule: object, comes: object) =>
    lowered(
      "guard",
      { rule: { by: "schema", schema: rule }, otherwise: "blocks" },
      { inputs: { value: comes as never } },
    ).offers.passed;
  for (const label of ["secret", "personal", "money"]) {
    expect(passed(schema, { type: "string", "x-studio-type": label })).not.toHaveProperty("schema");
    expect(passed({ ...schema, "x-studio-type": label }, { type: "string" })).not.toHaveProperty("schema");
  }
});

test("[N5] a guard that asks lets a value pass by itself or by a person, and claims nothing about it", () => {
  const asks = { rule: bySchema, otherwise: "asks", question: "Let it pass?", approvers: ["ann"] };
  const { steps, offers } = lowered("guard", asks, { inputs: { value: true } });
  expect(steps).toMatchObject([
    { name: "", instruction: { op: "guard", otherwise: "continues" }, takes: { value: { from: "input" } } },
    {
      name: "ask",
      instruction: { op: "ask", question: "Let it pass?", approvers: ["ann"], denial: "fails" },
      takes: { value: { from: "input" } },
      after: [{ step: "", port: "held" }],
    },
    {
      name: "passed",
      instruction: { op: "pass" },
      after: [
        { step: "", port: "passed" },
        { step: "ask", port: "approved" },
      ],
      need: 1,
    },
  ]);
  expect(offers.passed).toEqual({ value: "passed_on", input: "value", after: { step: "passed", port: "done" } });
  expect(faultsOf("guard", { rule: bySchema, otherwise: "blocks", question: "Let it pass?" })).toHaveLength(1);
});

test("[N3] a guard reports a schema that takes for ever, a condition that is none, and words that say nothing", () => {
  const guarded = (rule: object) => faultsOf("guard", { rule, otherwise: "blocks" }, { inputs: { value: NUMBER } });
  expect(guarded({ by: "schema", schema: { pattern: "(a+)+$" } })).toMatchObject([{ field: "rule.schema" }]);
  expect(guarded({ by: "expression", condition: "value" })).toMatchObject([{ field: "rule.condition" }]);
  expect(guarded({ by: "blocklist", words: ["ok", "  "] })).toEqual(["rule.words.1"]);
  expect(guarded({ by: "blocklist", words: [] })).toEqual(["rule.words"]);
  expect(guarded({ by: "blocklist", words: Array(201).fill("a") })).toEqual(["rule.words"]);
  expect(guarded({ by: "blocklist", words: ["a".repeat(81)] })).toEqual(["rule.words.0"]);
});

test("[N9] words of a blocklist that the run takes for one are one in the plan", () => {
  const words = ["Straße", "ﬁsh", "FISH", "fish"];
  expect(lowered("guard", { rule: { by: "blocklist", words }, otherwise: "blocks" }).steps).toMatchObject([
    { instruction: { rule: { words: ["fish", "straße"] } } },
  ]);
});
