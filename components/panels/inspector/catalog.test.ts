import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "@/flows/basics/json";
import { catalog, type KindName } from "@/flows/nodes/catalog";
import type { NodeKind } from "@/flows/nodes/kind";
import { settingsSchemas } from "@/flows/nodes/settings-schemas";
import { CONTROLS } from "@/flows/nodes/shown";
import { addOne, freshOf, getIn, moved, renamed, setIn, toVariant } from "./change";
import { problemOf, problemsIn } from "./check";
import { placesOf, type ShapeAt } from "./places";
import { type Shape, shapeOf } from "./shape";

const names = Object.keys(catalog) as KindName[];
const schemas = settingsSchemas(catalog as unknown as Readonly<Record<string, NodeKind>>);
const shapes = Object.fromEntries(names.map((name) => [name, shapeOf(schemas[name] ?? true)])) as Record<
  KindName,
  Shape
>;

/** Every setting in a shape, with where it stands. */
function settingsIn(shape: Shape, at: string): { at: string; shape: Shape }[] {
  const inside = (part: Shape, name: string) => [
    { at: `${at}.${name}`, shape: part },
    ...settingsIn(part, `${at}.${name}`),
  ];
  switch (shape.as) {
    case "object":
      return shape.fields.flatMap((field) => inside(field.shape, field.name));
    case "list":
      return settingsIn(shape.item, `${at}.0`);
    case "record":
      return [...inside(shape.key, "(name)"), ...inside(shape.item, "(value)")];
    case "variants":
      return shape.variants.flatMap((each) => settingsIn(each.shape, `${at}.${each.value}`));
    default:
      return [];
  }
}

test("every setting of every kind has a title and something that draws it", () => {
  for (const name of names)
    for (const { at, shape } of settingsIn(shapes[name], name)) {
      expect([at, shape.title]).toEqual([at, expect.stringMatching(/\S/)]);
      expect([at, shape.as]).not.toEqual([at, "unknown"]);
      if (shape.as === "variants")
        for (const each of shape.variants) expect([at, each.title]).not.toEqual([at, each.value]);
    }
});

test("every control of the vocabulary is used by a kind, and no kind uses another", () => {
  const used = new Set(names.flatMap((name) => settingsIn(shapes[name], name).map(({ shape }) => shape.control)));
  expect([...used].filter((control) => control !== null).sort()).toEqual([...CONTROLS].sort());
});

/** Words that mean something to some kind, or to no name at all. */
const TELLING = [
  "",
  "value",
  "after",
  "otherwise",
  "in",
  "1a",
  "a-b",
  "acme",
  "@starter",
  "a/b@1.0.0",
  "é",
  "two words",
  " ",
];
const words = fc.oneof(fc.constantFrom(...TELLING), fc.string({ maxLength: 12 }));

/** What somebody can type or choose at a setting that is no list, record or variant. */
function typed(shape: Shape): fc.Arbitrary<Json> {
  switch (shape.as) {
    case "number":
      return fc.oneof(fc.integer({ min: -2, max: 120_000 }), fc.constant(2.5));
    case "switch":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...shape.options.map(({ value }) => value));
    case "flags":
      return fc.subarray(shape.options.map(({ value }) => value));
    case "whole":
      return whole(shape);
    default:
      return fc.oneof(words, fc.constant(MEANT[shape.control ?? ""] ?? "words"));
  }
}

/** What is chosen from a list rather than typed. */
const MEANT: Readonly<Record<string, string>> = { agent: "house/small@1.0.0", flow: "ab".repeat(32), account: "acme" };

const schema = fc.constantFrom<Json>(
  { type: "object", properties: { text: { type: "string", title: "Text" } }, required: ["text"] },
  { type: "object", properties: {} },
);

function whole({ control, demands }: Extract<Shape, { as: "whole" }>): fc.Arbitrary<Json> {
  switch (control) {
    case "money":
    case "cap":
      return fc
        .bigInt({ min: 0n, max: 10n ** 20n })
        .map((amount) => ({ currency: "usdc_base", amount: String(amount) }));
    case "approvers":
      return fc.array(words, { maxLength: 3 });
    case "agent_inputs":
      return fc.constantFrom<Json>({}, { text: "words" });
    case "given":
      return demands.length > 0 ? schema : fc.constantFrom<Json>({ report: { type: "string" } }, {});
    default:
      return schema;
  }
}

type Dice = fc.GeneratorValue;

/** One thing that somebody does at one place, by the same functions as the form. */
function done({ shape, path }: ShapeAt, settings: Json, dice: Dice): Json | undefined {
  const value = getIn(settings, path);
  const chance = dice(fc.nat, { max: 9 });
  if (chance === 0) return setIn(settings, path, undefined);
  switch (shape.as) {
    case "list": {
      const list = Array.isArray(value) ? value : [];
      const next = chance < 6 || list.length === 0 ? addOne(shape, list) : moved(list, list.length - 1, 0);
      return setIn(settings, path, next);
    }
    case "record": {
      const record = (value ?? {}) as Record<string, Json>;
      const [first] = Object.keys(record);
      const next =
        chance < 6 || !first
          ? addOne(shape, record)
          : renamed(
              record,
              first,
              dice(() => words),
            );
      return setIn(settings, path, next);
    }
    case "variants":
      return setIn(settings, path, toVariant(shape, dice(fc.constantFrom, ...shape.variants), value));
    default:
      return setIn(
        settings,
        path,
        dice(() => typed(shape)),
      );
  }
}

/** A new node of the kind, with the texts filled in that nobody can fill in before. */
function begun(shape: Shape): Json {
  const fresh = freshOf(shape);
  const empty = placesOf(shape, fresh).filter(
    ({ shape: part, path }) => part.as === "text" && problemOf(part, getIn(fresh, path)) !== null,
  );
  return empty.reduce<Json>(
    (made, { shape: part, path }) => setIn(made, path, MEANT[part.control ?? ""] ?? "words") ?? {},
    fresh,
  );
}

test("whatever is done in the form: what the form finds nothing wrong with, the kind takes", () => {
  const ends = new Map<KindName, Set<boolean>>(names.map((name) => [name, new Set()]));
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat({ max: 12 }), fc.gen(), (name, steps, dice) => {
      let settings = begun(shapes[name]);
      for (let step = 0; step < steps; step++) {
        const places = placesOf(shapes[name], settings);
        if (places.length > 0) settings = done(dice(fc.constantFrom, ...places), settings, dice) ?? {};
      }
      const problems = problemsIn(shapes[name], settings);
      ends.get(name)?.add(problems.length === 0);
      const { settings: schema } = catalog[name] as unknown as NodeKind;
      const parsed = schema.safeParse(settings);
      expect([name, settings, parsed.success || problems.length > 0]).toEqual([name, settings, true]);
    }),
    { numRuns: 3_000, endOnFailure: true }, // drawn as it goes, a value has no end of smaller ones
  );
  // It says something only where settings come out that are taken.
  for (const name of names) expect([name, ends.get(name)?.has(true)]).toEqual([name, true]);
});

test("at every text of every kind: a word that the form finds nothing wrong with, the kind takes", () => {
  for (const name of names) {
    const { settings: schema } = catalog[name] as unknown as NodeKind;
    const lists = placesOf(shapes[name], begun(shapes[name])).filter(({ shape }) => shape.as === "list");
    const filled = lists.reduce<Json>((made, { shape, path }) => {
      return shape.as === "list" ? (setIn(made, path, addOne(shape, getIn(made, path))) ?? {}) : made;
    }, begun(shapes[name]));
    for (const { shape, path } of placesOf(shapes[name], filled))
      for (const word of shape.as === "text" ? TELLING : []) {
        const settings = setIn(filled, path, word);
        const isTaken = schema.safeParse(settings).success || problemsIn(shapes[name], settings).length > 0;
        expect([name, settings, isTaken]).toEqual([name, settings, true]);
      }
  }
});

/** Settings that each kind takes: none of them may be called wrong. */
const taken: Partial<Record<KindName, readonly Json[]>> = {
  agent: [
    { agent: "acme/reader@1.0.0", cap: { currency: "microcredits", amount: "6" }, inputs: { count: 2 }, retries: 1 },
  ],
  approval: [{ question: "Send it?" }, { question: "Send it?", approvers: ["ann", "@starter"], timeoutMs: 60_000 }],
  switch: [{ cases: [{ name: "one", when: "value == 1" }], otherwise: false }],
  wait: [{ for: 5_000 }, { until: "value", mostMs: 5_000 }],
  pay: [{ payee: "acme", cap: { currency: "microcredits", amount: "6" }, amount: "b * 2", inputs: ["b"] }],
  guard: [
    { rule: { by: "schema", schema: { type: "string" } }, otherwise: "asks", question: "Let it pass?" },
    { rule: { by: "blocklist", words: ["a", "b"] }, otherwise: "blocks" },
  ],
  transform: [{ gives: { c: "value", d: "{'x': b}" } }],
  manual: [{}],
  note: [{}, { text: "" }],
};

test("settings that a kind takes are never called wrong", () => {
  for (const [name, samples] of Object.entries(taken))
    for (const settings of samples) {
      expect([name, (catalog[name as KindName] as unknown as NodeKind).settings.safeParse(settings).success]).toEqual([
        name,
        true,
      ]);
      expect([name, problemsIn(shapes[name as KindName], settings)]).toEqual([name, []]);
    }
});
