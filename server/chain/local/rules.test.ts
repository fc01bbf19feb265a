import { readFileSync } from "node:fs";
import { generateKeyPairSigner } from "@solana/kit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { transfer, triedChain } from "./paying.contract";
import { INSTRUCTION_ERRORS, TRANSACTION_ERRORS } from "./refusals";

let tried: Awaited<ReturnType<typeof triedChain>>;
let to: string;
beforeAll(async () => {
  tried = await triedChain();
  await tried.ask("studio_freeze"); // slots move only where a test moves them
});
beforeEach(async () => {
  to = (await generateKeyPairSigner()).address;
});
afterAll(() => tried.end());

const paying = (amount = 1_000_000n) => transfer(tried.chain.rpcUrl, tried.chain.keys.sponsor, { to, amount });

test("the same transaction lands once; sent again it is AlreadyProcessed", async () => {
  const sent = await paying();
  expect((await sent.send()).result).toBe(sent.signature);
  const { error } = await sent.send();
  expect(error).toMatchObject({ code: -32002, data: { err: "AlreadyProcessed" } });
  expect((await sent.send({ skipPreflight: true })).result).toBe(sent.signature);
  expect((await tried.ask("getBalance", to)).result).toMatchObject({ value: 1_000_000 });
});

test("a blockhash is good for 150 slots and not for one more", async () => {
  const [inTime, late] = [await paying(1_000_001n), await paying(1_000_002n)];
  await tried.ask("studio_advanceSlots", 150);
  expect((await inTime.send()).result).toBe(inTime.signature);
  await tried.ask("studio_advanceSlots", 1);
  expect((await late.send()).error).toMatchObject({ code: -32002, data: { err: "BlockhashNotFound" } });
  await late.send({ skipPreflight: true });
  expect(await late.status()).toBe(undefined);
});

test("what is on the disk is confirmed, and final 32 slots later", async () => {
  const sent = await paying();
  await sent.send();
  expect(await sent.status()).toBe("confirmed");
  expect((await tried.ask("getTransaction", sent.signature, { maxSupportedTransactionVersion: 0 })).result).toBe(null);
  await tried.ask("studio_advanceSlots", 31);
  expect(await sent.status()).toBe("confirmed");
  await tried.ask("studio_advanceSlots", 1);
  expect(await sent.status()).toBe("finalized");
  const { result } = await tried.ask("getTransaction", sent.signature, { maxSupportedTransactionVersion: 0 });
  expect(result).toMatchObject({ meta: { err: null, fee: 5_000 }, version: 0 });
});

test("a failed transaction that skipped its preflight lands, costs its fee and changes nothing else", async () => {
  const sent = await paying(10n ** 18n);
  expect((await sent.send()).error).toMatchObject({
    code: -32002,
    data: { err: { InstructionError: [0, { Custom: 1 }] } },
  });
  const before = (await tried.ask("getBalance", tried.chain.keys.sponsor.address)).result;
  expect((await sent.send({ skipPreflight: true })).result).toBe(sent.signature);
  expect((await tried.ask("getBalance", to)).result).toMatchObject({ value: 0 });
  const after = (await tried.ask("getBalance", tried.chain.keys.sponsor.address)).result;
  expect(lamportsIn(before) - lamportsIn(after)).toBe(5_000);
});

const lamportsIn = (result: unknown): number =>
  typeof result === "object" && result && "value" in result ? Number(result.value) : Number.NaN;

test("simulating changes nothing, and says what an account would hold", async () => {
  const sent = await paying();
  const { result } = await sent.simulate({ accounts: { addresses: [to], encoding: "base64" } });
  expect(result).toMatchObject({ value: { err: null, unitsConsumed: 150, accounts: [{ lamports: 1_000_000 }] } });
  await tried.ask("studio_advanceSlots", 151);
  expect((await sent.simulate()).result).toMatchObject({ value: { err: "BlockhashNotFound" } });
  const replaced = await sent.simulate({ replaceRecentBlockhash: true });
  expect(replaced.result).toMatchObject({
    value: { err: null, replacementBlockhash: { blockhash: expect.any(String) } },
  });
  expect((await tried.ask("getBalance", to)).result).toMatchObject({ value: 0 });
});

test("transactions of an account are listed newest first, between before and until", async () => {
  const names: string[] = [];
  for (const amount of [2_000_001n, 2_000_002n, 2_000_003n]) {
    const sent = await paying(amount);
    await sent.send();
    names.unshift(sent.signature);
  }
  const [third, second, first] = names;
  const confirmed = { commitment: "confirmed" };
  const listed = async (options: object) => (await tried.ask("getSignaturesForAddress", to, options)).result;
  expect(await listed(confirmed)).toMatchObject(names.map((signature) => ({ signature })));
  expect(await listed({ ...confirmed, before: third, until: first })).toMatchObject([{ signature: second }]);
  expect(await listed({ ...confirmed, limit: 1 })).toMatchObject([{ signature: third }]);
  expect(await listed({})).toEqual([]);
});

test("the clock moves forward only, and time locks see it", async () => {
  const { result: now } = await tried.ask("studio_chain");
  const time = Number(typeof now === "object" && now && "unixTimestamp" in now ? now.unixTimestamp : 0);
  expect((await tried.ask("studio_setClock", { unixTimestamp: time - 1 })).error).toMatchObject({ code: -32602 });
  expect((await tried.ask("studio_setClock", { unixTimestamp: time + 86_400 })).result).toMatchObject({
    unixTimestamp: time + 86_400,
    frozen: true,
  });
  const sent = await paying();
  await sent.send();
  const { result } = await tried.ask("getTransaction", sent.signature, {
    ...{ commitment: "confirmed", maxSupportedTransactionVersion: 0 },
  });
  expect(result).toMatchObject({ blockTime: time + 86_400 });
});

test.each([
  ["getClusterNodes", [], -32601, /Method not found/],
  ["toString", [], -32601, /Method not found/],
  ["studio_faults", [[]], -32601, /started for tests/],
  ["getBalance", ["not an address"], -32602, /no address/],
  ["getBalance", [], -32602, /Invalid params/],
  ["sendTransaction", ["***", { encoding: "base64" }], -32602, /invalid base64/],
  ["sendTransaction", ["AAAA", { encoding: "base64" }], -32602, /failed to deserialize/],
  ["getSlot", [{ minContextSlot: 9_999_999_999 }], -32016, /Minimum context slot/],
  ["getBlock", [9_999_999_999], -32004, /Block not available/],
  ["getAccountInfo", ["11111111111111111111111111111111", { encoding: "base64+zstd" }], -32602, /ask for base64/],
] as const)("%s %j is refused with %i", async (...[method, params, code, message]) => {
  const { error } = await tried.ask(method, ...params);
  expect(error?.code).toBe(code);
  expect(error?.message).toMatch(message);
});

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(tried.chain.rpcUrl, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

test("a batch is answered call by call, and what is no call says so", async () => {
  const calls = [{ jsonrpc: "2.0", id: 7, method: "getHealth" }, { jsonrpc: "2.0", method: "getHealth" }, { id: 8 }];
  expect(await (await post(JSON.stringify(calls))).json()).toMatchObject([
    { id: 7, result: "ok" },
    { error: { code: -32600 } },
  ]);
  expect(await (await post("{")).json()).toMatchObject({ error: { code: -32700 } });
  expect(await (await post("[]")).json()).toMatchObject({ error: { code: -32600 } });
});

test("a stranger's page is not answered, and a form cannot be posted to it", async () => {
  const call = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "getHealth" });
  expect((await post(call, { origin: "https://evil.example" })).status).toBe(403);
  expect((await post(call, { "content-type": "text/plain" })).status).toBe(415);
  const own = await post(call, { origin: "http://127.0.0.1:4000" });
  expect([own.status, own.headers.get("access-control-allow-origin")]).toEqual([200, "http://127.0.0.1:4000"]);
});

test.each([
  ["TransactionErrorFieldless", TRANSACTION_ERRORS],
  ["InstructionErrorFieldless", INSTRUCTION_ERRORS],
])("%s is numbered as the machine numbers it", (list, names) => {
  const declared = readFileSync("node_modules/litesvm/dist/internal.d.ts", "utf8");
  const lines = declared.split(`enum ${list} {`)[1]?.split("}")[0] ?? "";
  expect([...lines.matchAll(/(\w+) = (\d+)/g)].map(([, name, place]) => [name, Number(place)])).toEqual(
    names.map((name, place) => [name, place]),
  );
});
