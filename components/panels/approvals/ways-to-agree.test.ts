import { expect, test } from "vitest";
import { firstToCount, waysToAgree } from "./ways-to-agree";

test("a yes is offered by the ways that the question takes and that the person has, and by no other", () => {
  const [without, withWallet] = [
    { wallet: null, passkeys: 0, click: "session" as const },
    { wallet: "9xQe", passkeys: 0, click: "session" as const },
  ];
  expect(waysToAgree(null, without)).toEqual(["click"]);
  expect(waysToAgree(null, withWallet)).toEqual(["click", "wallet"]);
  expect(waysToAgree(["wallet"], withWallet)).toEqual(["wallet"]);
  expect(waysToAgree(["wallet"], without)).toEqual([]);
  expect(waysToAgree(["passkey", "wallet"], { ...withWallet, passkeys: 2 })).toEqual(["passkey", "wallet"]);
  expect(waysToAgree(["passkey"], withWallet)).toEqual([]);
  const fresh = ["confirmed", "passkey", "wallet"] as const;
  expect(waysToAgree(fresh, withWallet)).toEqual(["wallet"]);
  expect(waysToAgree(fresh, { ...withWallet, click: "confirmed" })).toEqual(["click", "wallet"]);
  expect(waysToAgree(["voice"], withWallet)).toEqual([]);
});

test("of what does not count yet, the first that will do for this yes says from when", () => {
  const at = (hour: number) => new Date(hour * 3_600_000);
  const both = { wallet: at(5), passkeys: [{ waitsUntil: null }, { waitsUntil: at(9) }, { waitsUntil: at(7) }] };
  expect(firstToCount(null, both)).toEqual(at(5));
  expect(firstToCount(["passkey", "wallet"], both)).toEqual(at(5));
  expect(firstToCount(["passkey"], both)).toEqual(at(7));
  expect(firstToCount(["confirmed"], both)).toBeNull();
  expect(firstToCount(null, { wallet: null, passkeys: [{ waitsUntil: null }] })).toBeNull();
});
