import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import type { Services } from "../services";
import { addNoticeAddress, checkNoticeAddress, type WantedAddress } from "./add-notice-address";

const bob = AccountId.parse("bob");
type Notices = Services["notices"];
type Judge = (now: { present: number; byOwner: number; toTarget: number }) => object | null;
const judged = (error: object | null) =>
  error ? { ok: false, error } : { ok: true, value: { id: "a", secret: null } };
type Added = { label: string; target: object };

function studio(more: { checks?: { byOwner: number; toTarget: number }; present?: number; isSetUp?: boolean } = {}) {
  const { checks = { byOwner: 0, toTarget: 0 }, present = 0, isSetUp = true } = more;
  const added: Added[] = [];
  const notices = {
    channels: async () => ["email", "webhook", "slack", "push"].map((channel) => ({ channel, isSetUp })),
    addresses: {
      checkAgain: async (_owner: AccountId, _id: string, judge: Judge) => judged(judge({ ...checks, present })),
      add: async (_owner: AccountId, { label, target }: Added, judge: Judge) => {
        const came = judged(judge({ ...checks, present }));
        if (came.ok) added.push({ label, target });
        return came;
      },
    },
  } as unknown as Notices;
  return { added, add: (wanted: WantedAddress) => addNoticeAddress({ notices }, bob, wanted), notices };
}

const keys = { p256dh: "B".repeat(87), auth: "a".repeat(22) };

test("an address is kept by what its owner knows it by, and a path that may be a key is not shown", async () => {
  const { add, added } = studio();
  await add({ channel: "email", address: " bob@people.test " });
  await add({ channel: "slack", url: "https://hooks.slack.test/services/T0/B0/key" });
  await add({ channel: "push", endpoint: "https://push.test/1", ...keys, label: "Firefox" });
  expect(added.map(({ label }) => label)).toEqual(["bob@people.test", "hooks.slack.test", "Firefox"]);
});

test.each([
  { channel: "email", address: "bob" },
  { channel: "email", address: "bob@people.test, eve@evil.test" },
  { channel: "email", address: "bob@people.test\r\nBcc: eve@evil.test" },
  { channel: "webhook", url: "ftp://hooks.test" },
  { channel: "slack", url: "javascript:alert(1)" },
  { channel: "push", endpoint: "https://push.test/1", p256dh: "short", auth: keys.auth, label: "x" },
] satisfies WantedAddress[])("%j is no address", async (wanted) => {
  const { add, added } = studio();
  expect(await add(wanted)).toMatchObject({ ok: false, error: { code: "notice_address_invalid" } });
  expect(added).toEqual([]);
});

test("strangers are not bothered: few checks a day go to one address, and few by one person", async () => {
  const mail = { channel: "email", address: "stranger@people.test" } as const;
  for (const checks of [
    { byOwner: 0, toTarget: 3 },
    { byOwner: 10, toTarget: 0 },
  ]) {
    const { add, notices, added } = studio({ checks });
    expect(await add(mail)).toMatchObject({ ok: false, error: { code: "notice_checks_spent" } });
    expect(await checkNoticeAddress({ notices }, bob, "a")).toMatchObject({ ok: false });
    expect(added).toEqual([]);
  }
});

test("a way that the operator has not set up takes no address, and nobody has more than ten", async () => {
  const mail = { channel: "email", address: "bob@people.test" } as const;
  expect(await studio({ isSetUp: false }).add(mail)).toMatchObject({
    ok: false,
    error: { code: "notice_channel_absent" },
  });
  expect(await studio({ present: 10 }).add(mail)).toMatchObject({
    ok: false,
    error: { code: "notice_addresses_full" },
  });
});
