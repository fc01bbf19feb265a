import fc from "fast-check";
import { expect, test } from "vitest";
import { formatAmount, parseAmount } from "@/components/ui/amount";

test.each([
  [0n, "0.00"],
  [12_500_000n, "12.50"],
  [400n, "0.0004"],
  [1n, "0.000001"],
  [1_204_500_000n, "1,204.50"],
  [-3_000_000n, "−3.00"],
  ["9007199254740993000001", "9,007,199,254,740,993.000001"],
])("%s is shown as %s", (amount, shown) => {
  expect(formatAmount(amount)).toBe(shown);
});

test.each([
  ["12.5", 12_500_000n],
  [" 3 ", 3_000_000n],
  [".5", 500_000n],
  ["7.", 7_000_000n],
])("%s typed is %s", (typed, value) => {
  expect(parseAmount(typed)).toEqual({ ok: true, value });
});

test.each([
  ["", "amount_missing"],
  ["1,50", "amount_malformed"],
  ["1e3", "amount_malformed"],
  ["-1", "amount_malformed"],
  [".", "amount_malformed"],
  ["0.0000001", "amount_too_precise"],
])("%s typed is refused", (typed, code) => {
  expect(parseAmount(typed)).toEqual({ ok: false, code });
});

test("no amount changes by being shown and typed again", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 90n }), (value) => {
      expect(parseAmount(formatAmount(value).replaceAll(",", ""))).toEqual({ ok: true, value });
    }),
  );
});
