import { expect, test } from "vitest";
import { digestOf } from "@/flows/plan/digest";
import type { Pinned } from "@/flows/run/events";
import { ByMail } from "./letter-shape";

const start = (pins: Record<string, Pinned>) => ({
  ...{ type: "run_started", run: "r", plan: digestOf("p"), payer: "ada", input: digestOf("i"), policy: null },
  budget: { currency: "microcredits", amount: "5" },
  debug: { stops: [], pins, mocks: {}, from: { run: "q", seq: 3 } },
});

test("whatever can be recorded of a step can be told to the run that is forked from it", () => {
  const pins: Record<string, Pinned> = {
    done: { port: "done", output: digestOf("o"), gives: null },
    gave: { port: "done", output: null, gives: { a: { from: "stored", digest: digestOf("v"), field: "x", at: [1] } } },
    failed: { code: "agent_refused", reason: "busy" },
    short: { code: "cap_reached", reason: "The cap has nothing left.", short: 4 },
  };
  expect(ByMail.safeParse(start(pins)).success).toBe(true);
});

test("a pin with a field that nobody knows makes the letter unreadable", () => {
  const strange = { failed: { code: "x", reason: "y", caught: true } } as unknown as Record<string, Pinned>;
  expect(ByMail.safeParse(start(strange)).success).toBe(false);
});
