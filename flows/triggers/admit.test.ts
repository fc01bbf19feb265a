import fc from "fast-check";
import { expect, test } from "vitest";
import { Digest, RunId } from "../basics/ids";
import { money } from "../basics/money";
import { judgeKey, judgeStart, MOST_DEPTH } from "./admit";

const credits = (amount: bigint) => money("microcredits", amount);

test("[W5] whatever is asked for, the runs that are admitted come to no more than the cap", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 50n }), fc.array(fc.bigInt({ min: 0n, max: 20n })), (most, bounds) => {
      let counted = 0n;
      for (const bound of bounds) {
        const judged = judgeStart({ bound: credits(bound), counted: credits(counted), most: credits(most), depth: 0 });
        if (judged.ok) counted += bound;
        else expect(counted + bound).toBeGreaterThan(most);
      }
      expect(counted).toBeLessThanOrEqual(most);
    }),
  );
});

test("[W5] a cap in one currency lets nothing through in another", () => {
  const [bound, counted, most] = [money("trial_microcredits", 1n), credits(0n), credits(10n)];
  expect(judgeStart({ bound, counted, most, depth: 0 })).toMatchObject({ ok: false, error: { code: "cap_reached" } });
});

test("[W7] a chain of runs ends at its eighth link", () => {
  const free = { bound: credits(0n), counted: credits(0n), most: credits(0n) };
  expect(MOST_DEPTH).toBe(8);
  expect(judgeStart({ ...free, depth: 8 }).ok).toBe(true);
  expect(judgeStart({ ...free, depth: 9 })).toEqual({
    ok: false,
    error: { code: "start_too_deep", depth: 9, most: 8 },
  });
});

test("[W6] one key stands for one body", () => {
  const digest = (letter: string) => Digest.parse(letter.repeat(64));
  const known = { run: RunId.parse("r"), digest: digest("a") };
  expect([judgeKey(null, digest("a")), judgeKey(known, digest("a")), judgeKey(known, digest("b"))]).toEqual([
    "new",
    "same",
    "reused",
  ]);
});
