import fc from "fast-check";
import { expect, test } from "vitest";
import { money } from "../basics/money";
import { askStep, callStep, chooseStep } from "../examples/small-plan";
import { catalog } from "../nodes/catalog";
import { isPaying } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { boundIn, costsAmong, costsOf, decisionsOf } from "./bound";
import { compile } from "./compile";
import { documentOf } from "./draw-pieces.contract";
import { moneyPathOf } from "./money-path";
import { pieces, randomAgents } from "./random-pieces.contract";
import { runIn, weather } from "./random-runs.contract";

/** A whole run each: as many as of other properties while working, a quarter of them in the long search. */
const { numRuns = 400 } = fc.readConfigureGlobal();
const FLOWS = numRuns > 400 ? numRuns / 4 : numRuns;

const cap = (amount: bigint) => ({ cap: money("microcredits", amount) });
const gate = (step: number, port = "done") => [{ step, port }];

test("[C16] of two sides the dearer one makes the worst case, with what both have in common", () => {
  const { payments, sides } = moneyPathOf([
    chooseStep("d"),
    callStep("a", gate(0, "yes"), cap(5n)),
    callStep("b", gate(0, "no"), cap(7n)),
    callStep("c", [], cap(1n)),
  ]);
  expect(payments.map(({ step, counts }) => [step, counts])).toEqual([
    ["a", false],
    ["b", true],
    ["c", true],
  ]);
  expect(sides).toEqual([{ step: "d", node: "d", port: "no" }]);
});

test("[C16] a consent counts where a payment cannot do without it", () => {
  const { payments } = moneyPathOf([
    askStep("q"),
    callStep("agreed", gate(0, "approved"), cap(1n)),
    callStep("refused", gate(0, "denied"), cap(1n)),
    callStep("behind", gate(1), cap(1n)),
    { ...callStep("either", [...gate(1), ...gate(2)], cap(1n)), need: 1 },
    callStep("both", [...gate(1), ...gate(2)], cap(1n)),
  ]);
  const consents = payments.map(({ step, consents }) => [step, consents.map((each) => each.step)]);
  expect(consents).toEqual([
    ["agreed", ["q"]],
    ["refused", []],
    ["behind", ["q"]],
    ["either", []],
  ]);
});

test("[C16] the payments that count come to the worst case of the plan, whatever is drawn", () => {
  let told = 0;
  fc.assert(
    fc.property(pieces, (drawn) => {
      const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
      if (!compiled.ok) return;
      const { steps, bound } = compiled.value.plan;
      const { payments } = moneyPathOf(steps);
      const worstCase = bound[0]?.amount ?? 0n;
      const counted = payments.filter(({ counts }) => counts);
      const sum = counted.reduce((total, { most }) => total + most.amount, 0n);
      if (payments.some(({ under }) => under)) expect(sum).toBeGreaterThanOrEqual(worstCase);
      else expect(sum).toBe(worstCase);
      const names = new Set<string>(counted.map(({ step }) => step));
      const needs = decisionsOf(steps).map((each, place) => {
        const step = steps[place];
        return step && isPaying(step.instruction) && !names.has(step.id) ? null : each;
      });
      expect(boundIn(costsAmong(steps, needs))).toEqual(worstCase === 0n ? boundIn(costsOf(steps)) : bound);
      told += 1;
    }),
    { numRuns: FLOWS },
  );
  expect(told).toBeGreaterThan(10);
});

test("[C16] nobody is paid by a step before the consents that it is said to need", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, weather, async (drawn, around) => {
      const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
      if (!compiled.ok) return;
      const { plan } = compiled.value;
      agreedBefore(plan, (await runIn(plan, around)).receipts);
    }),
    { numRuns: FLOWS },
  );
});

type Paid = { step: string; port: string | null; paid: unknown };

function agreedBefore(plan: Plan, receipts: readonly Paid[]): void {
  const consents = new Map(
    moneyPathOf(plan.steps).payments.map((payment) => [payment.step as string, payment.consents]),
  );
  const agreed = new Set<string>();
  for (const { step, port, paid } of receipts) {
    if (port === "approved") agreed.add(step);
    if (paid) for (const consent of consents.get(step) ?? []) expect(agreed).toContain(consent.step);
  }
}
