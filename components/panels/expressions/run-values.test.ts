import { expect, test } from "vitest";
import { defaultsOf } from "@/flows/examples/sample";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { viewOf } from "@/flows/run/view";
import { dryRun } from "../dry-run/dry-run";
import { digestsIn, inShort, lastGiven, valuesOf } from "./run-values";

async function tried(id: string) {
  const document = samples.find((sample) => sample.id === id)?.document ?? emptyDocument;
  const done = await dryRun({
    ...{ graph: document, manifests: sampleManifests, models: new Map(), input: defaultsOf(document) },
    ...{ answer: "approved", atMs: 0 },
  });
  if (!done.ok) throw new Error(done.error.code);
  const { plan, events, values } = done.value;
  return { steps: viewOf(plan, events).steps, stored: new Map(Object.entries(values)) };
}

test("what an expression was given stands under the names that it reads", async () => {
  const { steps, stored } = await tried("short-or-long");
  const step = lastGiven(steps, "length");
  if (!step) throw new Error("the branch was reached");
  expect(digestsIn(step.input)).toHaveLength(1);
  const values = valuesOf(step, stored);
  expect(Object.keys(values)).toEqual(["value"]);
  expect(typeof values.value).toBe("string");
  expect(valuesOf(step, new Map())).toEqual({});
  expect(lastGiven(steps, "nobody")).toBeNull();
});

test("of several rounds the last to begin tells, and an item is taken out of its list", async () => {
  const { steps, stored } = await tried("paragraph-by-paragraph");
  const inRounds = steps.filter(({ path, input }) => path.length > 0 && input !== null);
  const last = inRounds.at(-1);
  if (!last) throw new Error("the sample repeats something");
  expect(lastGiven(steps, String(last.step))?.path).toEqual(last.path);
  const items = inRounds
    .filter(({ step }) => step === last.step)
    .map((step) => valuesOf({ ...step, input: step.input ?? {} }, stored));
  expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(items.length);
});

test("a large value is shortened, and says how large it is", () => {
  expect(inShort("short")).toBe('"short"');
  expect(inShort("a".repeat(5_000))).toMatch(/^"a{119}… \(5,002 characters\)$/);
});
