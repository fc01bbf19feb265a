import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import { heard, NOTHING_TOLD, type Report } from "@/flows/ports/progress";
import { httpAgents } from "./http";

let listening: Server | undefined;
afterEach(() => listening?.close());

const delivered = { output: { text: "a" }, price: { currency: "microcredits", amount: "5" } };
const call = (deadlineMs = 1_000) => ({
  operation: OperationId.parse("r/a/call"),
  agent: AgentId.parse("acme/echo@1.0.0"),
  manifest: digestOf("manifest"),
  payee: AccountId.parse("acme"),
  input: { text: "a" },
  deadlineMs,
});

async function answering(handle: RequestListener, bodyBytes = 1_000) {
  listening?.close();
  listening = createServer(handle).listen(0, "127.0.0.1");
  await once(listening, "listening");
  const house = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return httpAgents({
    placeOf: async () => ({ origin: "house", publisher: "house" }),
    addresses: { house },
    limits: { connectMs: 300, bodyBytes },
  });
}

test("a stream gives what was said, in order, and then its answer", async () => {
  const said = ['{"delta":"Une "}', "", '{"progress":{"done":0.5,"message":"half"}}', '{"delta":"crue €"}'];
  for (const lines of [said, []]) {
    const agents = await answering(streaming(`${lines.join("\n")}\n${lineOf(200, delivered)}`));
    const reports: Report[] = [];
    expect(await agents.call(call(), (report) => reports.push(report))).toMatchObject({
      ok: true,
      value: { output: { text: "a" }, price: money("microcredits", 5n) },
    });
    const told = reports.reduce(heard, NOTHING_TOLD);
    expect(told).toEqual(lines === said ? { done: 0.5, message: "half", text: "Une crue €" } : NOTHING_TOLD);
  }
});

test.each([
  ["breaks off after words", breakingOff('{"delta":"a"}\n'), "outcome_unknown"],
  [
    "breaks off behind its answer",
    breakingOff(`${JSON.stringify({ status: 200, answer: delivered })}\n`),
    "outcome_unknown",
  ],
  ["ends without an answer", streaming('{"delta":"a"}\n'), "outcome_unknown"],
  ["ends within its answer", streaming('{"status":200,"answer":{"outp'), "outcome_unknown"],
  [
    "answers that it is busy",
    streaming(lineOf(503, { error: { code: "agent_busy", message: "Why." } })),
    "agent_unreachable",
  ],
  [
    "answers that it refuses",
    streaming(lineOf(422, { error: { code: "csv_empty", message: "Why." } })),
    "agent_refused",
  ],
  ["answers that its key is another's", streaming(lineOf(409, {})), "operation_reused"],
  ["answers twice", streaming(lineOf(200, delivered) + lineOf(200, delivered)), "agent_refused"],
  ["goes on behind its answer", streaming(`${lineOf(200, delivered)}{"delta":"a"}\n`), "agent_refused"],
  ["answers without an output", streaming(lineOf(200, { price: delivered.price })), "agent_refused"],
  ["answers nothing", streaming('{"status":200}\n'), "agent_refused"],
  ["answers plainly where lines were promised", streaming(`${JSON.stringify(delivered)}\n`), "agent_refused"],
  ["says what is no word of the protocol", streaming(`{"money":5}\n${lineOf(200, delivered)}`), "agent_refused"],
  ["is further than the whole", streaming(`{"progress":{"done":2}}\n${lineOf(200, delivered)}`), "agent_refused"],
  ["is no JSON", streaming(`hello\n${lineOf(200, delivered)}`), "agent_refused"],
  ["has a line without an end", endless("x".repeat(1_000)), "agent_refused"],
  ["speaks until its deadline", endless('{"delta":""}\n', 40), "outcome_unknown"],
] satisfies [string, RequestListener, string][])("a stream that %s", async (_, handle, code) => {
  const agents = await answering(handle);
  expect(await agents.call(call(-4_000))).toMatchObject({ ok: false, error: { code } });
});

test("a line of more than 64 KB is refused, unless it is the answer", async () => {
  const long = { output: { text: "x".repeat(70_000) }, price: delivered.price };
  const answers = async (lines: string) => (await answering(streaming(lines), 1_000_000)).call(call());
  expect(await answers(lineOf(200, long))).toMatchObject({ ok: true, value: { output: long.output } });
  const spoken = `${JSON.stringify({ delta: "x".repeat(70_000) })}\n`;
  expect(await answers(spoken + lineOf(200, delivered))).toMatchObject({ error: { code: "agent_refused" } });
});

test("a stream of very many lines is given up, before reading them keeps others waiting", async () => {
  for (const line of ["\n", '{"delta":""}\n']) {
    const agents = await answering(flood(line.repeat(5_000)), 10 * 1024 * 1024);
    const reason = "answer_malformed: it has more than 100000 lines";
    expect(await agents.call(call(60_000))).toMatchObject({ ok: false, error: { code: "agent_refused", reason } });
  }
});

test("after its deadline a call hears nothing more", async () => {
  const times: number[] = [];
  const agents = await answering(endless('{"delta":"x"}\n', 20));
  await agents.call(call(-4_800), () => times.push(performance.now()));
  const then = times.length;
  expect(then).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(times.length).toBe(then);
});

function lineOf(status: number, answer: unknown): string {
  return `${JSON.stringify({ status, answer })}\n`;
}

/** Sends its text in small pieces, as a network might. */
function streaming(text: string): RequestListener {
  return (_, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson; charset=utf-8" });
    for (let from = 0; from < text.length; from += 97) response.write(text.slice(from, from + 97));
    response.end();
  };
}

function breakingOff(text: string): RequestListener {
  return (_, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" }).write(text);
    setTimeout(() => response.socket?.destroy(), 20);
  };
}

function endless(piece: string, everyMs = 1): RequestListener {
  return (_, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    const more = setInterval(() => response.write(piece), everyMs);
    response.on("close", () => clearInterval(more));
  };
}

/** As fast as it is read. */
function flood(piece: string): RequestListener {
  return (_, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    const more = () => {
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", more);
    more();
  };
}
