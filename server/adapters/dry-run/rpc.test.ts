import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rpcDryRun } from "./rpc";

const SOURCE = "GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB";
const account = (lamports: number) => ({
  ...{ lamports, owner: "11111111111111111111111111111111", data: ["", "base64"], executable: false, space: 0 },
});
const ANSWERS: Record<string, unknown> = {
  getMultipleAccounts: { context: { slot: 1 }, value: [account(9)] },
  simulateTransaction: { context: { slot: 1 }, value: { err: null, logs: [], accounts: [account(8)] } },
};

/** A server of a chain that knows one account and one transaction. */
const server = createServer((asked, answer) => {
  let text = "";
  asked.on("data", (part) => {
    text += String(part);
  });
  asked.on("end", () => {
    const { id, method } = JSON.parse(text) as { id: number; method: string };
    answer.setHeader("content-type", "application/json");
    answer.end(JSON.stringify({ jsonrpc: "2.0", id, result: ANSWERS[method] }));
  });
});
beforeAll(() => new Promise<void>((up) => void server.listen(0, "127.0.0.1", () => up())));
afterAll(() => new Promise<void>((down) => void server.close(() => down())));

const NOWHERE = "http://127.0.0.1:9"; // nothing listens there

test("a dry run asks the next server of the chain when one is down", async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await rpcDryRun([NOWHERE, url]).changes("AA==", [SOURCE])).toMatchObject({
    ok: true,
    value: [{ address: SOURCE, before: { lamports: 9n }, after: { lamports: 8n } }],
  });
  expect(await rpcDryRun([NOWHERE]).changes("AA==", [SOURCE])).toMatchObject({ error: { code: "outcome_unknown" } });
});
