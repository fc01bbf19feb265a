import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ok } from "../flows/basics/result";
import { declareAgent } from "./agent";
import { type ServedAgents, serveAgents } from "./serve-agents";

const text = { type: "string" };
const amount = { currency: "microcredits", amount: "200000" };
const metered = { kind: "metered", unit: "page", price: amount, maxPerCall: 40 };

let folder: string;
let served: ServedAgents | undefined;
let log: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "answers-"));
  log = [];
});
afterEach(async () => {
  await served?.close();
  await rm(folder, { recursive: true });
});

/** An agent that says to have worked on so many units. */
async function paid(price: unknown, units?: number) {
  const manifest = declareAgent({
    ...{ agent: "acme/reader@1.0.0", title: "Reader", description: "Reads.", capabilities: [], sends: [] },
    ...{ effect: "keyed", deadlineMs: 1_000, price: price as never },
    ...{ input: { type: "object", properties: { text } }, output: { type: "object", properties: { text } } },
  });
  const execute = async () => ok({ output: { text: "read" }, ...(units === undefined ? {} : { units }) });
  const answer = await serveAgents({
    ...{ agents: [{ manifest, execute }], port: 0, answers: folder },
    log: (problem) => log.push(problem),
  });
  if (!answer.ok) throw new Error(answer.error.code);
  served = answer.value;
  const { url } = served;
  const reply = await fetch(`${url}/reader/execute`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": "k" },
    body: JSON.stringify({ input: { text: "a" }, executionId: "e" }),
  });
  const declared = await (await fetch(`${url}/reader/manifest`)).json();
  return { status: reply.status, body: await reply.json(), price: declared.price };
}

test("a metered agent says how many units it worked on", async () => {
  expect(await paid(metered, 12)).toEqual({
    status: 200,
    body: { output: { text: "read" }, units: 12 },
    price: metered,
  });
});

test.each([undefined, -1, 0.5])(
  "a metered agent that says %s units broke, and hears of it in its own log",
  async (units) => {
    expect(await paid(metered, units)).toMatchObject({ status: 500, body: { error: { code: "agent_failed" } } });
    expect(String(log[0])).toContain("paid by the page");
  },
);

test("an agent that is paid by the call says its price as it always did, and a free one says nothing of money", async () => {
  const perCall = { status: 200, body: { output: { text: "read" }, price: amount }, price: amount };
  expect(await paid({ kind: "per_call", price: amount })).toEqual(perCall);
  await served?.close();
  await rm(folder, { recursive: true });
  expect(await paid({ kind: "free" })).toEqual({
    ...{ status: 200, body: { output: { text: "read" } }, price: { kind: "free" } },
  });
});
