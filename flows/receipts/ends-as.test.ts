import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../compile/compile";
import { documentOf } from "../compile/draw-pieces.contract";
import { type Piece, pieces, randomAgents } from "../compile/random-pieces.contract";
import { runIn, type Weather, weather } from "../compile/random-runs.contract";
import { callStep, planOf } from "../examples/small-plan";
import { catalog } from "../nodes/catalog";
import { digestOf } from "../plan/digest";
import type { Outcome, Receipt } from "../run/state";
import { endsAs } from "./ends-as";

/** How often the receipts of a run of `count` steps are looked at to tell whether it ended as they say. */
function looks(count: number, outcome: Parameters<typeof endsAs>[0]): number {
  const steps = Array.from({ length: count }, (_, place) => callStep(`s${place}`));
  let looked = 0;
  const receipts = steps.map(({ id }) => ({
    step: id,
    get path() {
      looked += 1;
      return [];
    },
    output: digestOf("out"),
    port: "done",
    code: null,
  }));
  endsAs(outcome, { plan: planOf(steps), receipts: receipts as unknown as Receipt[] });
  return looked;
}

test("[V2] what it takes to verify how a run ended grows with its receipts alone", () => {
  const failed = { result: "failed", step: callStep("s0").id, path: [], code: "agent_refused", reason: "no" } as const;
  for (const outcome of [{ result: "succeeded", results: {} } as const, failed])
    expect(looks(400, outcome)).toBeLessThanOrEqual(4 * looks(100, outcome));
});

/** What a random run came to, and whether its receipts tell of each of these ends. */
async function endsTold(drawn: readonly Piece[], around: Weather) {
  const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
  if (!compiled.ok) return null;
  const { plan } = compiled.value;
  const { state, receipts } = await runIn(plan, around);
  if (!state.ending) throw new Error("the run has no end");
  const tells = (outcome: Outcome) => endsAs(outcome, { plan, receipts });
  return { ending: state.ending, receipts, tells };
}

test("[V2] the receipts of any run tell its own end, and no other", async () => {
  const seen = { succeeded: 0, failed: 0, cancelled: 0 };
  await fc.assert(
    fc.asyncProperty(pieces, weather, async (drawn, around) => {
      const told = await endsTold(drawn, around);
      if (!told) return;
      const { ending, receipts, tells } = told;
      seen[ending.result] += 1;
      expect(tells(ending)).toBe(true);
      if (ending.result === "failed" && ending.step !== null)
        expect(tells({ result: "succeeded", results: {} })).toBe(false);
      if (ending.result !== "succeeded") return;
      for (const { step, path, code } of receipts)
        expect(tells({ result: "failed", step, path, code: code ?? "agent_refused", reason: "" })).toBe(false);
    }),
  );
  expect(Math.min(seen.succeeded, seen.failed, seen.cancelled)).toBeGreaterThan(5);
}, 600_000);

test("[V2] a call that was given up when its loop had come to its cap did not end the run", async () => {
  const agent = (from: readonly number[]) => ({ kind: "agent", from, size: 1, turn: false, inside: [] }) as const;
  const dear = { kind: "agent", from: [0, 0, 0], size: 2, turn: true, inside: [] } as const;
  const inner = { kind: "subflow", from: [0, 0, 0], size: 0, turn: false, inside: [dear] } as const;
  const loop = { kind: "loop", from: [3, 0, 0], size: 1, turn: false, inside: [agent([0, 0, 0]), inner] } as const;
  const calm = { stopAtMs: null, pausesAtMs: [], stops: [], workMs: null, delaysMs: [0], deaths: [] };
  const told = await endsTold([loop], {
    fates: ["pays"],
    words: ["approved"],
    verdicts: ["allow"],
    shows: ["session"],
    ...calm,
  });
  expect(told?.receipts.map(({ code }) => code)).toEqual(expect.arrayContaining(["cap_reached", "call_abandoned"]));
  expect(told?.tells({ result: "succeeded", results: {} })).toBe(true);
});
