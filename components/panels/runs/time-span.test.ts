import { expect, test } from "vitest";
import { barOf, spanOf } from "@/components/panels/runs/time-span";

const call = { op: "call", openedAtMs: 1_000, closedAtMs: 1_400 } as const;
const ask = { op: "ask", openedAtMs: 1_400, closedAtMs: 9_000 } as const;
const open = { op: "call", openedAtMs: 9_000, closedAtMs: null } as const;
const blocked = { op: "call", openedAtMs: null, closedAtMs: null } as const;

test("a run spans from its first opening to its last end, or to now while a step is open", () => {
  expect(spanOf([call, ask, blocked], 20_000)).toEqual({ fromMs: 1_000, ms: 8_000 });
  expect(spanOf([call, ask, open], 20_000)).toEqual({ fromMs: 1_000, ms: 19_000 });
  expect(spanOf([blocked], 20_000)).toEqual({ fromMs: 20_000, ms: 1 });
});

test("a closed approval is drawn as a wait with its end at the answer", () => {
  const span = spanOf([call, ask], 20_000);
  expect(barOf(ask, { span, now: 20_000 })).toEqual({
    startMs: 8_000,
    endMs: 8_000,
    waits: [{ startMs: 400, endMs: 8_000 }],
    tookMs: 7_600,
  });
});

test("an open step reaches to now, also when this machine's clock is behind the server's", () => {
  const span = spanOf([call, open], 8_000);
  expect(barOf(open, { span, now: 8_000 })?.tookMs).toBe(0);
  expect(barOf(blocked, { span, now: 8_000 })).toBeNull();
});
