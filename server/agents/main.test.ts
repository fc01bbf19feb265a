import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundled } from "./apart/bundled.contract";

let program: Awaited<ReturnType<typeof bundled>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "agents-"));
  program = await bundled("server/agents/main.ts");
});
afterAll(() => Promise.all([program.remove(), rm(folder, { recursive: true })]));

async function start(environment: Record<string, string>) {
  const child = fork(program.file, { silent: true, env: { NODE_ENV: "production", ...environment } });
  const exited = once(child, "exit");
  const said = new Promise<string>((resolve) => {
    child.stdout?.once("data", (line) => resolve(String(line)));
    child.stderr?.once("data", (line) => resolve(String(line)));
  });
  return { child, exited, said: await said };
}

async function freeAddress() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

const AGENTS = [
  "document-extractor",
  "image-captioner",
  "knowledge-qa",
  "language-translator",
  "news-aggregator",
  "spreadsheet-analyst",
  "summariser",
  "web-page-reader",
];

test.each(["SIGTERM", "SIGINT", "a parent that goes away"])(
  "the process serves every agent and stops on %s",
  async (why) => {
    const AGENTS_URL = await freeAddress();
    const { child, exited, said } = await start({ AGENTS_URL, STUDIO_DATA: folder });
    expect(JSON.parse(said)).toMatchObject({ event: "agents_ready", url: AGENTS_URL });
    const health = await fetch(`${AGENTS_URL}/health`);
    expect(await health.json()).toEqual({ status: "ok", agents: AGENTS });
    if (why === "SIGTERM" || why === "SIGINT") child.kill(why);
    else child.disconnect();
    expect(await exited).toEqual([0, null]);
  },
);

test("a wrong environment and a port in use end the process with one line that says so", async () => {
  const wrong = await start({ STUDIO_DATA: folder });
  expect(wrong.said).toContain("AGENTS_URL");
  expect(await wrong.exited).toEqual([1, null]);

  const AGENTS_URL = await freeAddress();
  const first = await start({ AGENTS_URL, STUDIO_DATA: folder });
  const second = await start({ AGENTS_URL, STUDIO_DATA: folder });
  expect(second.said).toContain("address_taken");
  expect(await second.exited).toEqual([1, null]);
  first.child.kill();
  await first.exited;
});

test("a document is read by another process of the same bundle", async () => {
  const AGENTS_URL = await freeAddress();
  const { child, exited } = await start({ AGENTS_URL, STUDIO_DATA: folder });
  const file = (await readFile("public/samples/ferry-report-40-pages.pdf")).toString("base64");
  const answer = await fetch(`${AGENTS_URL}/document-extractor/execute`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": "pdf" },
    body: JSON.stringify({ input: { file }, executionId: "t" }),
  });
  expect(await answer.json()).toMatchObject({ output: { format: "pdf", counts: { pages: 40, tables: 37 } } });
  child.kill();
  await exited;
});
