import { expect, test } from "vitest";
import { callStep, planOf } from "../examples/small-plan";
import { digestOf } from "../plan/digest";
import type { Receipt } from "../run/state";
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
