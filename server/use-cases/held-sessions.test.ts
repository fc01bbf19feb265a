import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import type { Services } from "../services";
import { heldSessions } from "./held-sessions";

const SIGNED_IN_MS = 1_000_000;
const ada = AccountId.parse("ada");
const address = WalletAddress.parse("11111111111111111111111111111111");
type Linked = Awaited<ReturnType<Services["wallets"]["linked"]>>;

function door(linked: Linked) {
  const now = { ms: SIGNED_IN_MS, linked, asked: 0 };
  const services = {
    clock: { now: () => now.ms },
    wallets: {
      linked: async () => {
        now.asked += 1;
        return now.linked;
      },
    },
  };
  const holds = heldSessions(services as unknown as Pick<Services, "clock" | "wallets">);
  const by = (way: "wallet" | "browser", signedInMs = SIGNED_IN_MS) => holds({ id: ada, way, signedInMs });
  return { now, by };
}

const linkedAt = (ms: number, waitsUntil: Date | null = null): Linked => ({
  address,
  linkedAt: new Date(ms),
  waitsUntil,
});

test("a session that came by a wallet ends with that wallet, at the latest five seconds later", async () => {
  const { now, by } = door(linkedAt(0, new Date(SIGNED_IN_MS * 2)));
  expect(await by("wallet")).toBe(true); // a wallet that waits opens its account
  now.linked = null;
  now.ms += 4_999;
  expect(await by("wallet")).toBe(true);
  now.ms += 1;
  expect(await by("wallet")).toBe(false);
  expect(await by("wallet")).toBe(false);
});

test("another wallet, linked after the sign-in, does not bring the session back; it brings those that came by it", async () => {
  const { now, by } = door(linkedAt(SIGNED_IN_MS + 60_000));
  now.ms += 90_000;
  expect(await by("wallet")).toBe(false);
  expect(await by("wallet", now.ms)).toBe(true);
  expect(await by("wallet")).toBe(false);
});

test("the wallet that has just opened an account holds its session, though the database's clock goes ten seconds ahead", async () => {
  expect(await door(linkedAt(SIGNED_IN_MS + 10_000)).by("wallet")).toBe(true);
  expect(await door(linkedAt(SIGNED_IN_MS + 10_001)).by("wallet")).toBe(false);
});

test("a session of a browser holds whatever is linked, and asks the database nothing; one by a wallet asks once in five seconds", async () => {
  const { now, by } = door(null);
  expect(await by("browser")).toBe(true);
  expect(now.asked).toBe(0);
  now.linked = linkedAt(0);
  for (let page = 0; page < 3; page++) await by("wallet");
  expect(now.asked).toBe(1);
  for (let other = 1; other <= 5_000; other++) await by("wallet", SIGNED_IN_MS + other);
  await by("wallet");
  expect(now.asked).toBe(5_002); // the oldest was forgotten
});
