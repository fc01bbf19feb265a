import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Agent, declareAgent, done, refused } from "./agent";
import type { Report, Tell } from "./report";
import { type ServedAgents, serveAgents } from "./serve-agents";

let folder: string;
let served: ServedAgents;
let tell: Tell | null;
let finish: (outcome: Awaited<ReturnType<Agent["execute"]>>) => void;

const agent: Agent = {
  manifest: declareAgent({
    agent: "acme/teller@1.0.0",
    title: "Teller",
    description: "Says what the test says.",
    capabilities: [],
    effect: "keyed",
    price: { currency: "microcredits", amount: "5" },
    deadlineMs: 2_000,
    input: { type: "object", properties: {} },
    output: { type: "object", properties: {} },
    sends: [],
  }),
  execute: (_, execution) =>
    new Promise((resolve) => {
      finish = resolve;
      tell = execution.tell;
    }),
};

beforeEach(async () => {
  tell = null;
  folder = await mkdtemp(join(tmpdir(), "answers-"));
  const opened = await serveAgents({ agents: [agent], port: 0, answers: folder });
  if (!opened.ok) throw new Error(opened.error.code);
  served = opened.value;
});
afterEach(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});

const LINES = "application/x-ndjson, application/json";

/** Calls, waits until the agent works, and gives its answer as it comes. */
async function call(key: string, accept: string) {
  const reply = fetch(`${served.url}/teller/execute`, {
    method: "POST",
    headers: { accept, "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ input: {}, executionId: "t" }),
  });
  await expect.poll(() => tell).not.toBeNull();
  const say = (report: Report) => tell?.(report);
  return { reply, say };
}

async function linesOf(reply: Promise<Response>): Promise<unknown[]> {
  const answered = await reply;
  expect(answered.headers.get("content-type")).toBe("application/x-ndjson");
  return (await answered.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const answer = { output: { n: 1 }, price: { currency: "microcredits", amount: "5" } };

test("what is told before the answer comes in lines, joined, and the last line is the plain answer", async () => {
  const { reply, say } = await call("k", LINES);
  say({ delta: "Once " });
  say({ progress: { done: 0.1, message: "reading" } });
  say({ delta: "upon" });
  say({ progress: { done: 0.5 } });
  await reply; // the head is sent with the first line
  say({ delta: " a time" });
  finish(done({ output: { n: 1 } }));
  expect(await linesOf(reply)).toEqual([
    { delta: "Once upon" },
    { progress: { done: 0.5, message: "reading" } },
    { delta: " a time" },
    { status: 200, answer },
  ]);
  const again = await (await call("k", LINES)).reply;
  expect([again.headers.get("content-type"), await again.json()]).toEqual(["application/json; charset=utf-8", answer]);
});

test("a caller that takes no lines, and one whose answer comes at once, get one value", async () => {
  const plain = await call("a", "application/json");
  plain.say({ delta: "unheard" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  finish(done({ output: { n: 1 } }));
  expect(await (await plain.reply).json()).toEqual(answer);
  tell = null;
  const quick = await call("b", LINES);
  quick.say({ delta: "quick" });
  finish(done({ output: { n: 1 } }));
  expect(await (await quick.reply).json()).toEqual(answer);
});

test("a refusal and a deadline after words keep the status that they have by themselves", async () => {
  const refusing = await call("a", LINES);
  refusing.say({ delta: "hm" });
  await refusing.reply;
  finish(refused("text_empty", "Send a text."));
  expect((await linesOf(refusing.reply)).at(-1)).toMatchObject({
    status: 422,
    answer: { error: { code: "text_empty" } },
  });
  tell = null;
  const late = await call("b", LINES);
  late.say({ delta: "hm" });
  expect((await linesOf(late.reply)).at(-1)).toMatchObject({ status: 504 });
});

test("a second caller under the same key hears what was said before it came, and gets the same answer", async () => {
  const first = await call("k", LINES);
  first.say({ delta: "Once " });
  first.say({ progress: { done: 0.5 } });
  await first.reply;
  const second = await call("k", LINES);
  await second.reply;
  first.say({ delta: "more" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  finish(done({ output: { n: 1 } }));
  const heard = [{ delta: "Once " }, { progress: { done: 0.5 } }, { delta: "more" }, { status: 200, answer }];
  expect(await linesOf(second.reply)).toEqual(heard);
  expect(await linesOf(first.reply)).toEqual(heard);
});

test("words without end are cut, and no line is longer than a caller takes", async () => {
  const { reply, say } = await call("k", LINES);
  for (let piece = 0; piece < 50; piece++) say({ delta: "\u0001😀".repeat(1_000) });
  say({ progress: { done: 7, message: "m".repeat(1_000) } });
  say({ progress: { done: Number.NaN } });
  await reply;
  finish(done({ output: { n: 1 } }));
  const lines = (await linesOf(reply)) as Record<string, unknown>[];
  expect(lines.flatMap(({ delta }) => delta ?? []).join("").length).toBe(65_537);
  for (const line of lines) expect(Buffer.byteLength(JSON.stringify(line))).toBeLessThan(65_536);
  expect(lines.at(-2)).toEqual({ progress: { done: 1, message: "m".repeat(200) } });
});

test("a caller that goes away disturbs nobody, and the work is kept for when it asks again", async () => {
  const gone = new AbortController();
  const headers = { accept: LINES, "content-type": "application/json", "idempotency-key": "k" };
  const body = JSON.stringify({ input: {}, executionId: "t" });
  const reply = fetch(`${served.url}/teller/execute`, { method: "POST", headers, body, signal: gone.signal });
  await expect.poll(() => tell).not.toBeNull();
  tell?.({ delta: "to nobody" });
  await reply;
  gone.abort();
  for (let word = 0; word < 5; word++) {
    tell?.({ delta: "more" });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  finish(done({ output: { n: 1 } }));
  const again = await fetch(`${served.url}/teller/execute`, { method: "POST", headers, body });
  expect(await again.json()).toEqual(answer);
});
