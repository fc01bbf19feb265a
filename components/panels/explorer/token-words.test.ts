import fc from "fast-check";
import { expect, test } from "vitest";
import { spanWords, tokenAmount } from "./token-words";

test("no digit of an amount is lost, whatever the token's decimals", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.integer({ min: 0, max: 12 }), (base, decimals) => {
      const [whole = "", part = ""] = tokenAmount(base, decimals).replaceAll(",", "").split(".");
      expect(BigInt(whole + part.padEnd(decimals, "0"))).toBe(base);
    }),
  );
});

test("amounts have two decimals at least where there are any, and a true minus", () => {
  expect(tokenAmount(1_500_000n, 6)).toBe("1.50");
  expect(tokenAmount(-1_234_567_000_001n, 6)).toBe("−1,234,567.000001");
  expect(tokenAmount(7n, 0)).toBe("7");
});

test("spans are told in the largest unit that fits", () => {
  expect([0, 1, 90, 3_600, 172_800].map(spanWords)).toEqual(["none", "1 second", "90 seconds", "1 hour", "2 days"]);
});
