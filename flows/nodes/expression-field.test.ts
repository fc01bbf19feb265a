import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonSchema } from "../types/json-schema";
import { accepted, kindOf, wiredTo } from "./around.contract";
import { catalog, type KindName } from "./catalog";
import { expressionField, withText } from "./expression-field";
import type { Written } from "./kind";
import { spareSettings } from "./spare-settings";

const kinds = Object.keys(catalog) as KindName[];
const TEXT = { type: "string" };
type Place = { name: KindName; settings: { [setting: string]: unknown }; field: string; as: Written["as"] };

/** Every expression of every kind, in settings that it accepts. */
const places = kinds.flatMap((name) =>
  [accepted[name], spareSettings[name] ?? accepted[name]].flatMap((settings): Place[] => {
    const kind = kindOf(name);
    const seen: Place[] = [];
    const checking = ({ written }: { written: readonly Written[] }) =>
      void seen.push(...written.map(({ field, as }) => ({ name, settings, field, as })));
    kind.lower(kind.settings.parse(settings), { ...wiredTo().around, checking });
    return seen;
  }),
);

/** A text that is accepted for its purpose wherever the name may be read, whatever stands behind it. */
function reading(name: string, as: Written["as"]): string {
  const yes = `size([dyn(${name})]) == 1`;
  const texts = {
    condition: yes,
    amount: `${yes} ? 1 : 1`,
    text: `${yes} ? 'x' : 'x'`,
    json: yes,
    template: `{{ ${yes} }}`,
  };
  return texts[as];
}

const schema = fc.constantFrom<JsonSchema[]>(
  true,
  TEXT,
  { type: "object", properties: { a: TEXT } },
  { ...TEXT, "x-studio-type": "secret" },
  { ...TEXT, "x-studio-type": "personal" },
  { type: "object", properties: { a: { ...TEXT, "x-studio-type": "secret" } } },
  { ...TEXT, "x-studio-type": "classified" },
);
const NAMES = ["value", "b", "carry", "index", "after", "item", "nobody"];
const wires = fc.dictionary(fc.constantFrom(...NAMES), schema);

test("[E12] a field offers exactly the variables that the compiler lets an expression read there, in every kind", () => {
  expect(new Set(places.map(({ name }) => name))).toEqual(new Set(Object.keys(spareSettings)));
  fc.assert(
    fc.property(fc.constantFrom(...places), wires, ({ name, settings, field, as }, inputs) => {
      const kind = kindOf(name);
      const { around } = wiredTo({ inputs });
      const asked = { field, settings: settings as never, spare: spareSettings[name] ?? {} };
      const found = expressionField(kind, asked, around);
      expect(found?.as).toBe(as);
      const isAccepted = (variable: string) => {
        const parsed = kind.settings.parse(withText(settings as never, field, reading(variable, as)));
        const answer = kind.lower(parsed, around);
        return answer.ok || !answer.error.some((fault) => "field" in fault && fault.field === field);
      };
      expect([...(found?.variables.keys() ?? [])].sort()).toEqual(NAMES.filter(isAccepted).sort());
    }),
    { numRuns: 500 },
  );
});

test("[E12] a node that is not filled in yet offers what its sound settings say", () => {
  const offered = (name: KindName, field: string, settings: object) =>
    expressionField(
      kindOf(name),
      { field, settings: settings as never, spare: spareSettings[name] ?? {} },
      wiredTo({ inputs: { value: TEXT } }).around,
    );
  const names = (...asked: Parameters<typeof offered>) => [...(offered(...asked)?.variables.keys() ?? [])];
  expect(names("model", "prompt", { inputs: ["a", "b"] })).toEqual(["a", "b"]);
  expect(names("model", "prompt", { inputs: ["a b"], prompt: "" })).toEqual(["value"]);
  expect(names("pay", "amount", { inputs: ["a"], amount: "" })).toEqual(["a"]);
  expect(names("transform", "gives.my value", { inputs: ["a"], gives: { "my value": "a", "x.y": "" } })).toEqual(["a"]);
  expect(
    names("switch", "cases.1.when", {
      cases: [
        { name: "same", when: "" },
        { name: "same", when: "v" },
      ],
    }),
  ).toEqual(["value"]);
  expect(names("wait", "until", { for: 1_000, until: "va" })).toEqual(["value"]);
  expect(names("guard", "rule.condition", { rule: { by: "expression", condition: "" } })).toEqual(["value"]);
  expect(names("wait", "until", { for: 1_000 })).toEqual(["value"]);
  expect(names("loop", "while", {})).toEqual(["value", "index"]);
  expect(offered("branch", "condition", {})?.variables.get("value")).toEqual(TEXT);
  expect(offered("output", "name", { name: "x" })).toBeNull();
});
