import fc from "fast-check";
import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import type { Json } from "../basics/json";
import { canonicalJson } from "../plan/canonical";
import { digestOf } from "../plan/digest";
import { isContainer, portsOfInstruction } from "../plan/instructions";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { dice, randomSchema } from "../types/random-schemas.contract";
import { accepted, kindOf, manifests, wiredTo } from "./around.contract";
import { catalog, type KindName } from "./catalog";
import type { Lowered, Ports } from "./kind";

const kinds = Object.keys(catalog) as KindName[];
const TEXT = { type: "string" };

const kind = fc.constantFrom(...kinds);
const schema = fc.integer().map((seed): JsonSchema => randomSchema(dice(seed)));
const labelled = fc
  .tuple(schema, fc.constantFrom("secret", "personal", "money", "classified"))
  .map(([each, label]): JsonSchema => (isRecord(each) ? { ...each, "x-studio-type": label } : each));
const INPUTS = [
  "value",
  "carry",
  "items",
  "subject",
  "in1",
  "in2",
  "in3",
  "b",
  "a",
  "text",
  "key",
  "after",
  "next",
  "result",
];
const brought = fc.oneof(schema, schema, labelled, fc.constant(true));
const wires = fc
  .tuple(brought, brought, fc.dictionary(fc.constantFrom(...INPUTS), brought))
  .map(([value, b, more]): Readonly<Record<string, JsonSchema>> => ({ value, b, ...more }));
const outputs = fc.subarray(["denied", "limit", "done", "error", "no"]);
const expression = fc.constantFrom(
  "value",
  "value.a",
  "value > 1",
  "index < size(value)",
  "{'k': b}",
  "b[0]",
  "'x'",
  "1 +",
  "",
);
const anything = fc.oneof(fc.jsonValue() as fc.Arbitrary<Json>, expression, schema as fc.Arbitrary<Json>);

/** Settings that are accepted, with some of them replaced by what may fit or by anything at all; or anything at all. */
const settings = (name: KindName): fc.Arbitrary<Json> => {
  const names = fc.constantFrom(...Object.keys(accepted[name]), "__proto__", "more");
  const changed = (by: fc.Arbitrary<Json>) =>
    fc.dictionary(names, by, { maxKeys: 2 }).map((changes) => ({ ...accepted[name], ...changes }));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(accepted[name]) },
    { weight: 3, arbitrary: changed(expression) },
    { weight: 3, arbitrary: changed(anything) },
    { weight: 1, arbitrary: anything },
  );
};
const drawn = kind.chain((name) =>
  fc.record({ name: fc.constant(name), settings: settings(name), inputs: wires, outputs }),
);

type Drawn = { name: KindName; settings: Json; inputs: Readonly<Record<string, JsonSchema>>; outputs: string[] };

function answerOf({ name, settings, inputs, outputs }: Drawn) {
  const node = kindOf(name);
  const parsed = node.settings.safeParse(settings);
  if (!parsed.success) return null;
  const { around, put } = wiredTo({ inputs, outputs });
  const ports = node.ports(parsed.data, manifests);
  const inside = new Map(Object.entries(inputs));
  return {
    ports,
    put,
    lowered: node.lower(parsed.data, around),
    finished: node.finish?.(parsed.data, inside),
    expects: node.expects?.(around),
  };
}

const namesOf = (ports: Ports["inputs"] = []) => ports.map(({ name }) => name);

test("[N1] whatever its settings are and whatever is wired to it, a node comes to steps or to faults", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(drawn, (each) => {
      const answer = answerOf(each);
      const end = answer === null ? "refused" : answer.lowered.ok ? "lowered" : "faulty";
      seen.set(end, (seen.get(end) ?? 0) + 1);
      if (answer?.lowered.ok === false) expect(answer.lowered.error.length).toBeGreaterThan(0);
    }),
  );
  // The property says something only if each of its ends is met now and then, whatever the seed.
  for (const end of ["refused", "lowered", "faulty"]) expect(seen.get(end)).toBeGreaterThan(2);
});

test("[N1] the same node in the same surroundings comes to the same, in words that JSON can say", () => {
  fc.assert(
    fc.property(drawn, (each) => {
      const [once, again] = [answerOf(each), answerOf(each)];
      if (once === null) return;
      expect(canonicalJson(once.lowered)).toBe(canonicalJson(again?.lowered));
    }),
  );
});

test("[N8] a node offers its outputs, all of them and no others, and takes from its own inputs", () => {
  fc.assert(
    fc.property(drawn, (each) => {
      const answer = answerOf(each);
      if (!answer?.lowered.ok || answer.ports === null) return;
      const { ports, lowered } = answer;
      const [sources, targets] = endsOf(ports);
      expect(new Set(sources).size).toBe(sources.length);
      expect(new Set(targets).size).toBe(targets.length);
      if (lowered.value.flow === null && lowered.value.drawn === null)
        expect(Object.keys(lowered.value.offers).sort()).toEqual([...sources].sort());
      const takes = lowered.value.steps.flatMap(({ takes }) => Object.values(takes));
      const taken = takes.flatMap((take) => (take.from === "input" ? [take.input] : []));
      expect(namesOf(ports.inputs)).toEqual(expect.arrayContaining(taken));
      expect(namesOf(ports.outputs)).toEqual(expect.arrayContaining(Object.keys(answer.finished ?? {})));
      expect(namesOf(ports.inside?.inputs)).toEqual(expect.arrayContaining(Object.keys(answer.expects ?? {})));
      soundGates(lowered.value);
    }),
  );
});

/** Where wires can start and where they can end. */
function endsOf({ inputs, outputs, inside }: Ports): [string[], string[]] {
  return [
    [...namesOf(outputs), ...namesOf(inside?.outputs)],
    [...namesOf(inputs), ...namesOf(inside?.inputs)],
  ];
}

/** Every port that is waited for is one on which that step can close. */
function soundGates({ steps, offers }: Lowered): void {
  const portsOf = (name: string) => {
    const step = steps.find((each) => each.name === name);
    return step ? portsOfInstruction(step.instruction) : [];
  };
  for (const { step, port } of steps.flatMap(({ after = [] }) => after)) expect(portsOf(step)).toContain(port);
  for (const offer of Object.values(offers)) {
    if (offer.value === "made") expect(portsOf(offer.step)).toContain(offer.port);
    if (offer.value === "passed_on" && offer.after) expect(portsOf(offer.after.step)).toContain(offer.after.port);
  }
}

test("[N4] every schema that a step reads by is in the plan, and is what was wired", () => {
  fc.assert(
    fc.property(drawn, (each) => {
      const answer = answerOf(each);
      if (!answer?.lowered.ok) return;
      const put = new Set(answer.put.map(digestOf));
      for (const { instruction } of answer.lowered.value.steps) {
        const reads = "reads" in instruction ? instruction.reads : {};
        for (const [name, digest] of Object.entries(reads)) {
          expect(put).toContain(digest);
          if (name !== "index") expect(digest).toBe(digestOf(each.inputs[name]));
        }
      }
    }),
  );
});

test("[N7] nobody is paid but who is written in the settings, in the registry or in the studio's list of models", () => {
  const known = new Set<string>(["acme", "model-house"]);
  fc.assert(
    fc.property(drawn, (each) => {
      const answer = answerOf(each);
      if (!answer?.lowered.ok) return;
      const written = AccountId.safeParse(isRecord(each.settings) ? each.settings.payee : null);
      for (const { instruction } of answer.lowered.value.steps)
        if ("payee" in instruction)
          expect(known.has(instruction.payee) || (instruction.op === "pay" && written.data === instruction.payee)).toBe(
            true,
          );
    }),
  );
});

test("[N2] whatever repeats has a bound", () => {
  fc.assert(
    fc.property(drawn, (each) => {
      const answer = answerOf(each);
      if (!answer?.lowered.ok) return;
      for (const { instruction } of answer.lowered.value.steps) {
        if (instruction.op === "call") expect(instruction.retries).toBeLessThanOrEqual(5);
        if (!isContainer(instruction)) continue;
        const bound = instruction.op === "try" ? instruction.attempts : instruction.most;
        expect(Number.isInteger(bound) && bound >= 1 && bound <= 10_000).toBe(true);
      }
    }),
  );
});

test("[N2] no kind accepts a setting that it does not know", () => {
  for (const name of kinds) {
    const { settings } = kindOf(name);
    expect([name, settings.safeParse(accepted[name]).success]).toEqual([name, true]);
    expect([name, settings.safeParse({ ...accepted[name], payer: "somebody else" }).success]).toEqual([name, false]);
  }
});

test("[N8] drawings come to no step, and nothing but drawings, triggers, ports and what others are drawn for does", () => {
  const inputs = { value: true, items: true, in1: true, in2: true, b: true, text: TEXT, subject: true };
  const silent = kinds.filter((name) => {
    const answer = answerOf({ name, settings: accepted[name], inputs, outputs: [] });
    return answer?.lowered.ok && answer.lowered.value.steps.length === 0;
  });
  expect(silent.sort()).toEqual([
    "event",
    "group",
    "input",
    "manual",
    "model",
    "note",
    "output",
    "parallel",
    "schedule",
    "subflow",
    "webhook",
  ]);
  expect(kinds.filter((name) => kindOf(name).role === "drawing")).toEqual(["note", "group"]);
  expect(kinds.filter((name) => kindOf(name).role === "container")).toEqual(["map", "loop", "try"]);
});
