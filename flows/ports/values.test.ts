import { expect, test } from "vitest";
import { digestOf } from "../plan/digest";
import { referredIn } from "./values";

const to = (field: string, at?: readonly number[]) => ({ from: "stored", digest: digestOf("x"), field, at }) as const;

test("a reference leads to a property, and on through the items of lists", () => {
  const whole = { items: ["a", ["b", "c"]], none: null };
  expect(referredIn(whole, to("items"))).toEqual(["a", ["b", "c"]]);
  expect(referredIn(whole, to("items", [0]))).toBe("a");
  expect(referredIn(whole, to("items", [1, 1]))).toBe("c");
  expect(referredIn(whole, to("none"))).toBeNull();
});

test("where nothing is, nothing is made up", () => {
  for (const [whole, ref] of [
    [{ items: ["a"] }, to("items", [1])],
    [{ items: ["a"] }, to("items", [0, 0])],
    [{ items: "a" }, to("other")],
    [{}, to("constructor")],
    [["a"], to("0")],
    ["a", to("length")],
    [null, to("items")],
  ] as const)
    expect(referredIn(whole as never, ref)).toBeUndefined();
});
