import { expect, test } from "vitest";
import { takeToken } from "./rate";
import type { RuleOf } from "./rules";

test("[Y3] a bucket holds a burst and fills by the minute, and a clock that goes back fills nothing", () => {
  const rule = { id: "r", rule: "rate", perMinute: 60, burst: 2 } as RuleOf<"rate">;
  let { bucket, allowed } = takeToken(null, 0, rule);
  const take = (nowMs: number) => {
    ({ bucket, allowed } = takeToken(bucket, nowMs, rule));
    return allowed;
  };
  expect([allowed, take(0), take(0), take(999), take(1_000), take(500), take(2_000)]).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
});
