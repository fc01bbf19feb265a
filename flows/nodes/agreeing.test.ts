import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import type { JsonSchema } from "../types/json-schema";
import { approval } from "./approval";

const ORDER: JsonSchema = {
  type: "object",
  properties: { amount: { type: "integer" }, name: { type: "string" } },
  additionalProperties: false,
};

function lowered(settings: Record<string, Json>, subject: JsonSchema = true) {
  const read = approval.settings.parse({ question: "Go on?", ...settings });
  return approval.lower(read, {
    manifests: new Map(),
    models: new Map(),
    wiredInputs: new Map([["subject", subject]]),
    wiredOutputs: new Set(),
    schema: () => "" as never,
  });
}
const faults = (settings: Record<string, Json>, subject?: JsonSchema) => {
  const made = lowered(settings, subject);
  return made.ok ? [] : made.error.map((fault) => ("field" in fault ? fault.field : fault.code));
};
const agreed = (settings: Record<string, Json>) => {
  const made = lowered(settings);
  const instruction = made.ok ? made.value.steps[0]?.instruction : undefined;
  return instruction?.op === "ask" ? instruction.agreement : null;
};

test("[N9] an approval that says nothing about agreeing is the question that it always was", () => {
  expect(agreed({})).toBeUndefined();
  expect(agreed({ needs: 1, against: 1, weights: [{ approver: "@starter", weight: 1 }] })).toBeUndefined();
});

test("[R50] whoever starts the run is barred unless the flow names them", () => {
  expect(agreed({ approvers: ["ann"] })).toMatchObject({ starter: "barred" });
  expect(agreed({ approvers: ["@group:acme/finance"] })).toMatchObject({ starter: "barred" });
  expect(agreed({ approvers: ["@starter", "ann"], needs: 2 })).toMatchObject({ starter: "may", least: 2 });
});

test("[N3] what nobody could answer, what never comes and what is not there is a fault each, in its field", () => {
  const rung = (afterMs: number, more: Record<string, Json> = {}) => ({ afterMs, approvers: ["bob"], ...more });
  const hours = { zone: "Nowhere/Else", days: ["1"], from: "09:00", to: "17:00" };
  expect(faults({ approvers: ["ann"], needs: 2 })).toEqual(["needs"]);
  expect(faults({ approvers: ["ann"], needs: 2, weights: [{ approver: "ann", weight: 2 }] })).toEqual([]);
  expect(faults({ approvers: ["ann"], needs: 2, ladder: [rung(60_000)] })).toEqual([]);
  expect(faults({ approvers: ["@role:acme/approver"], needs: 9 })).toEqual([]);
  expect(faults({ approvers: ["ann"], weights: [{ approver: "bob", weight: 2 }] })).toEqual(["weights.0.approver"]);
  expect(faults({ timeoutMs: 60_000, ladder: [rung(60_000)] })).toEqual(["ladder.0.afterMs"]);
  expect(faults({ ladder: [rung(120_000), rung(60_000)] })).toEqual(["ladder.1.afterMs"]);
  expect(faults({ ladder: [rung(60_000, { hours })] })).toEqual(["ladder.0.hours.zone"]);
  expect(faults({ approvers: ["ann"], ladder: [rung(60_000, { approvers: ["@starter"] })] })).toEqual([
    "ladder.0.approvers",
  ]);
  expect(faults({ approvers: ["@starter"], ladder: [rung(60_000, { approvers: ["@starter"] })] })).toEqual([]);
  const edit = (at: string, more: Record<string, Json> = {}) => ({ type: "number", at, title: "A", most: 9, ...more });
  expect(faults({ edits: [edit("amount")] }, ORDER)).toEqual([]);
  expect(faults({ edits: [edit("price")] }, ORDER)).toEqual(["edits.0.at"]);
  expect(faults({ edits: [edit("name")] }, ORDER)).toEqual(["edits.0.type"]);
  expect(faults({ edits: [edit("amount", { least: 10 }), edit("amount")] }, ORDER)).toEqual([
    "edits.0.most",
    "edits.1.at",
  ]);
});

test("[R54] an approval that says what a yes takes has it in its plan, and no other does", () => {
  expect(agreed({ approvers: ["ann"] })).not.toHaveProperty("evidence");
  expect(agreed({ evidence: { by: "signed" } })).toMatchObject({ evidence: { kinds: ["passkey", "wallet"] } });
  const above = { currency: "microcredits", amount: "5000000" };
  expect(agreed({ evidence: { by: "fresh", above } })).toMatchObject({
    evidence: { kinds: ["confirmed", "passkey", "wallet"], above: { amount: 5_000_000n } },
  });
});
