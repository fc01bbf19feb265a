import { expect, test } from "vitest";
import { waysToAgree } from "./ways-to-agree";

test("a yes is offered by the ways that the question takes and that the person has, and by no other", () => {
  const [without, withWallet] = [{ wallet: null }, { wallet: "9xQe" }];
  expect(waysToAgree(null, without)).toEqual(["click"]);
  expect(waysToAgree(null, withWallet)).toEqual(["click", "wallet"]);
  expect(waysToAgree(["wallet"], withWallet)).toEqual(["wallet"]);
  expect(waysToAgree(["wallet"], without)).toEqual([]);
  expect(waysToAgree(["voice"], withWallet)).toEqual([]);
});
