import { generateKeyPairSigner } from "@solana/kit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transfer, triedChain } from "./paying.contract";

let tried: Awaited<ReturnType<typeof triedChain>>;
beforeAll(async () => {
  tried = await triedChain({ faults: true, slotMs: 50 });
});
afterAll(() => tried.end());

const paying = async () => {
  const { address: to } = await generateKeyPairSigner();
  return transfer(tried.chain.rpcUrl, tried.chain.keys.sponsor, { to, amount: 1_000_000n });
};
const breaking = (fault: object) => tried.ask("studio_faults", [fault]);

const outcomeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => "answered",
    (problem: unknown) => String(problem),
  );

test("a dropped transaction is answered as if taken, and never lands", async () => {
  const sent = await paying();
  await breaking({ kind: "drop" });
  expect((await sent.send()).result).toBe(sent.signature);
  expect(await sent.status()).toBe(undefined);
  expect((await sent.send()).result).toBe(sent.signature); // used up: the next one lands
  expect(await sent.status()).toBe("confirmed");
});

test.each([
  ["cut", "confirmed"],
  ["cut_before", undefined],
  ["busy", undefined],
  ["unavailable", undefined],
  ["time_out", "confirmed"],
] as const)("after %s the caller has no answer, and the transaction is %s", async (kind, status) => {
  const sent = await paying();
  await breaking({ kind, ms: 10 });
  expect(await outcomeOf(sent.send())).not.toBe("answered");
  expect(await sent.status()).toBe(status);
});

test("a late transaction lands after it was answered", async () => {
  const sent = await paying();
  await breaking({ kind: "late", ms: 300 });
  expect((await sent.send()).result).toBe(sent.signature);
  expect(await sent.status()).toBe(undefined);
  await expect.poll(() => sent.status()).toBe("confirmed");
});

test("a stale blockhash lands nothing, and the fault is used up by as many calls as were said", async () => {
  await breaking({ kind: "stale_blockhash", times: 2 });
  const stale = [await paying(), await paying()];
  const fresh = await paying();
  for (const sent of stale) expect((await sent.send()).error).toMatchObject({ data: { err: "BlockhashNotFound" } });
  expect((await fresh.send()).result).toBe(fresh.signature);
});
