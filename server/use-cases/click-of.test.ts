import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import type { Services } from "../services";
import { clickOf } from "./click-of";

const NOW_MS = 1_000_000_000;
const address = WalletAddress.parse("11111111111111111111111111111111");
type Linked = Awaited<ReturnType<Services["wallets"]["linked"]>>;
const old: Linked = { address, linkedAt: new Date(0), waitsUntil: null };

function at(signedInMs: number | undefined, { way = "wallet" as "wallet" | "browser", linked = old as Linked } = {}) {
  const services = { clock: { now: () => NOW_MS }, wallets: { linked: async () => linked } };
  const session = { id: AccountId.parse("ada"), way, ...(signedInMs === undefined ? {} : { signedInMs }) };
  return clickOf(services as unknown as Pick<Services, "clock" | "wallets">, session);
}

test("a click is more than a click only within ten minutes of a wallet's sign-in", async () => {
  expect(await at(NOW_MS - 599_999)).toBe("confirmed");
  expect(await at(NOW_MS - 600_000)).toBe("session");
  expect(await at(NOW_MS + 1)).toBe("session");
  expect(await at(undefined)).toBe("session");
  expect(await at(NOW_MS, { way: "browser" })).toBe("session");
});

test("to come in by a wallet that does not count yet, is unlinked, or was linked only afterwards shows nothing", async () => {
  expect(await at(NOW_MS, { linked: { ...old, waitsUntil: new Date(NOW_MS + 1) } })).toBe("session");
  expect(await at(NOW_MS, { linked: null })).toBe("session");
  expect(await at(NOW_MS - 5_000, { linked: { ...old, linkedAt: new Date(NOW_MS + 5_001) } })).toBe("session");
});

test("the wallet that has just opened an account counts, though the database's clock goes up to ten seconds ahead", async () => {
  expect(await at(NOW_MS - 5_000, { linked: { ...old, linkedAt: new Date(NOW_MS - 5_000) } })).toBe("confirmed");
  expect(await at(NOW_MS - 5_000, { linked: { ...old, linkedAt: new Date(NOW_MS + 5_000) } })).toBe("confirmed");
});
