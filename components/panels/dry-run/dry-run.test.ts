import { expect, test } from "vitest";
import { defaultsOf } from "@/flows/examples/sample";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { viewOf } from "@/flows/run/view";
import { dryRun } from "./dry-run";

const tried = (document: FlowDocument, answer: "approved" | "denied" = "approved") =>
  dryRun({
    graph: document,
    manifests: sampleManifests,
    models: new Map(),
    input: defaultsOf(document),
    answer,
    atMs: 0,
  });

test.each(samples)("$id: runs to its end on samples, and spends no more than its bound", async ({ document }) => {
  const done = await tried(document);
  if (!done.ok) throw new Error(done.error.code);
  const { plan, events, values } = done.value;
  const { state, steps } = viewOf(plan, events);
  expect(state?.phase.in).toBe("finished");
  expect(state?.spent.amount).toBeLessThanOrEqual(plan.bound[0]?.amount ?? 0n);
  for (const { output } of steps) if (output) expect(values).toHaveProperty(output);
});

test("what people say decides how it goes on", async () => {
  const [sample] = samples;
  const done = await tried(sample?.document ?? emptyDocument, "denied");
  if (!done.ok) throw new Error(done.error.code);
  const { state } = viewOf(done.value.plan, done.value.events);
  expect(state?.ending).toMatchObject({ code: "approval_denied" });
});

test("a drawing with problems is not tried", async () => {
  const [sample] = samples;
  const { document = emptyDocument } = sample ?? {};
  expect(await tried({ ...document, wires: [] })).toMatchObject({ ok: false, error: { code: "flow_has_problems" } });
});
