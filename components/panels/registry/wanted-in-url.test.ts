import { expect, test } from "vitest";
import { paramsOf, wantedOf } from "./wanted-in-url";

test("what is looked for survives its way through an address", () => {
  const address = "q=pdf+tables&category=text&category=files&price=low&effect=keyed&favourites=yes&order=price";
  expect(paramsOf(wantedOf(new URLSearchParams(address)))).toBe(address);
  expect(paramsOf(wantedOf(new URLSearchParams("")))).toBe("");
});

test("an address that says nonsense looks for everything", () => {
  const nonsense = new URLSearchParams({ price: "cheap", effect: "1", protocol: "<b>", order: "x", state: "draft" });
  expect(paramsOf(wantedOf(nonsense))).toBe("");
  const many = new URLSearchParams(Array.from({ length: 50 }, (_, place) => ["category", `c${place}`]));
  expect(wantedOf(many).categories).toHaveLength(8);
});
