import { expect, test } from "vitest";
import { readWish, type Typed, USAGE } from "./wish";

const of = "11111111111111111111111111111111";
const deed = (what: string, more: Omit<Typed, "words"> = {}) => {
  const wish = readWish({ words: [what, of], ...more });
  if (!wish.ok) return wish.error;
  return "deed" in wish.value ? wish.value.deed : wish.value.does;
};

test("lines are numbered from one, days are whole, and amounts are USDC to the last of six decimals", () => {
  expect(deed("show")).toBe("show");
  expect(deed("release")).toEqual({ does: "release" });
  expect(deed("dispute", { line: "2,1,2" })).toEqual({ does: "dispute", lines: [0, 1] });
  expect(deed("extend", { days: "7" })).toEqual({ does: "extend", seconds: 604_800n });
  expect(deed("resolve", { line: "1", "to-payee": "0.01" })).toEqual({ does: "resolve", line: 0, toPayee: 10_000n });
  expect(deed("resolve", { line: "1", "to-payee": "0" })).toEqual({ does: "resolve", line: 0, toPayee: 0n });
});

test("what is missing or means nothing says what to type", () => {
  expect(deed("dispute")).toMatch(/--line 1/);
  expect(deed("dispute", { line: "0" })).toMatch(/--line 1/);
  expect(deed("extend", { days: "0" })).toMatch(/--days 7/);
  expect(deed("resolve", { line: "1,2", "to-payee": "1" })).toMatch(/--line 1/);
  for (const amount of [undefined, "0.0000001", "-1", "1,5", ""])
    expect(deed("resolve", { line: "1", "to-payee": amount })).toMatch(/--to-payee 0.01/);
  expect(deed("steal")).toBe(USAGE);
  expect(readWish({ words: [] })).toEqual({ ok: false, error: USAGE });
  expect(readWish({ words: ["show", "nowhere"] })).toEqual({ ok: false, error: "nowhere is no address of the chain." });
});
