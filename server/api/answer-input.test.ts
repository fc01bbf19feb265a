import { expect, test } from "vitest";
import { SignedAnswer } from "./answer-input";

const byWallet = (length: number) => ({
  ...{ kind: "wallet", nonce: "n", address: "GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB" },
  ...{ message: "x".repeat(length), signature: "1" },
});

test("the words that a wallet signs may be as long as a proof of them may be, and no longer", () => {
  expect(SignedAnswer.safeParse(byWallet(90_000)).success).toBe(true);
  expect(SignedAnswer.safeParse(byWallet(90_001)).success).toBe(false);
});
