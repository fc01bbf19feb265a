import fc from "fast-check";
import { expect, test } from "vitest";
import { catalog } from "../nodes/catalog";
import type { Plan } from "../plan/plan";
import { stepClaims } from "../receipts/step-claims";
import { NO_DEBUG } from "../run/events";
import { recordingOf } from "../run/recording";
import { spotKey } from "../run/spots";
import type { Receipt } from "../run/state";
import { transition } from "../run/transition";
import { viewOf } from "../run/view";
import { compile } from "./compile";
import { documentOf } from "./draw-pieces.contract";
import { pieces, randomAgents } from "./random-pieces.contract";
import { ada, PURSE, type Ran, runIn, type Weather, weather } from "./random-runs.contract";

/** A flow is run twice and more here, so a quarter of what other properties are tried is as long a search. */
const { numRuns: full = 400 } = fc.readConfigureGlobal();
const numRuns = Math.min(full, Math.max(400, full / 4));

const keyOf = ({ step, path }: Receipt) => spotKey(step, path);
const calm: Weather = {
  ...{
    fates: ["pays"],
    words: ["approved"],
    verdicts: null,
    shows: ["session"],
    stopAtMs: null,
    pausesAtMs: [],
    stops: [],
    workMs: null,
  },
  ...{ delaysMs: [0], deaths: [] },
};

test("[R31] forked from anywhere in a run, whatever it was like, another repeats nothing and pays nothing of what was done", async () => {
  let [forked, pinned] = [0, 0];
  await fc.assert(
    fc.asyncProperty(pieces, weather, fc.nat(), async (drawn, around, anywhere) => {
      const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
      if (!compiled.ok) return;
      const { plan } = compiled.value;
      const { log, world } = await runIn(plan, around);
      const prefix = log.events.slice(0, anywhere % (log.events.length + 1));
      const { pins } = recordingOf(plan, prefix);
      const fork = await runIn(plan, calm, { debug: { ...NO_DEBUG, pins }, values: world.ports.values });
      const done = receiptsOf(plan, prefix);
      repeatsNothing(plan, fork, { done, pins });
      forked += 1;
      pinned += Object.keys(pins).length;
    }),
    { numRuns },
  );
  expect(pinned).toBeGreaterThan(forked / 4);
});

type Before = { done: readonly Receipt[]; pins: Readonly<Record<string, unknown>> };

function repeatsNothing(plan: Plan, { receipts, log, world, state }: Ran, { done, pins }: Before): void {
  const settled = new Set(Object.keys(pins));
  for (const { call } of log.calls) expect(settled).not.toContain(keyInOperation(call.operation));
  const paidBefore = new Set(done.filter(({ paid }) => paid).map(keyOf));
  for (const receipt of receipts) if (receipt.paid) expect(paidBefore).not.toContain(keyOf(receipt));
  for (const receipt of receipts)
    expect([keyOf(receipt), receipt.pinned ?? false]).toEqual([keyOf(receipt), settled.has(keyOf(receipt))]);
  for (const { paid, by, pinned } of receipts) if (pinned) expect([paid, by]).toEqual([null, null]);
  expect(PURSE - world.ports.credits.balance(ada, "microcredits")).toBe(state.spent.amount);
  const links = receipts.map((step) => ({
    sealed: null as never,
    body: { kind: "step", run: state.run, step } as never,
  }));
  for (const { holds, failed } of stepClaims(plan, links, ada)) expect([holds, failed]).toEqual([true, failed]);
}

const keyInOperation = (operation: string) => operation.split("/")[1] ?? "";

function receiptsOf(plan: Plan, events: Ran["log"]["events"]): Receipt[] {
  const receipts: Receipt[] = [];
  let state: Ran["state"] | null = null;
  for (const event of events) {
    const next = transition(plan, state, event);
    receipts.push(...next.receipts);
    state = next.state;
  }
  return receipts;
}

test("[R31] forked from its end, a run that succeeded comes to the same results, calls nobody and spends nothing", async () => {
  let same = 0;
  await fc.assert(
    fc.asyncProperty(pieces, async (drawn) => {
      const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
      if (!compiled.ok) return;
      const { plan } = compiled.value;
      // A body that catches is over at its first error: which of two that are done at once comes first is left to time.
      if (plan.steps.some(({ instruction }) => instruction.op === "try")) return;
      const first = await runIn(plan, calm);
      if (first.state.ending?.result !== "succeeded") return;
      // So is what a body does not come to before it is over: where work takes no time, the fork may come to it.
      if (viewOf(plan, first.log.events).steps.some(({ path, status }) => path.length > 0 && status !== "done")) return;
      const { pins } = recordingOf(plan, first.log.events);
      const { values } = first.world.ports;
      const fork = await runIn(plan, calm, { debug: { ...NO_DEBUG, pins }, values });
      expect(fork.state.ending).toEqual(first.state.ending);
      expect(fork.log.calls).toEqual([]);
      expect(fork.state.spent.amount).toBe(0n);
      const again = recordingOf(plan, fork.log.events); // a fork of the fork
      expect(again.pins).toEqual(pins);
      same += 1;
    }),
    { numRuns },
  );
  expect(same).toBeGreaterThan(20);
});
