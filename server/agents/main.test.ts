import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

// Beside the packages, so that the bundle finds them.
const bundle = join(process.cwd(), "node_modules", `.agents-under-test-${process.pid}.mjs`);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "agents-"));
  await build({
    entryPoints: ["server/agents/main.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    tsconfig: "tsconfig.json",
  });
});
afterAll(() => Promise.all([rm(bundle), rm(folder, { recursive: true })]));

async function start(environment: Record<string, string>) {
  const child = fork(bundle, { silent: true, env: { NODE_ENV: "production", ...environment } });
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

test.each(["SIGTERM", "SIGINT", "a parent that goes away"])(
  "the process serves both agents and stops on %s",
  async (why) => {
    const AGENTS_URL = await freeAddress();
    const { child, exited, said } = await start({ AGENTS_URL, STUDIO_DATA: folder });
    expect(JSON.parse(said)).toMatchObject({ event: "agents_ready", url: AGENTS_URL });
    const health = await fetch(`${AGENTS_URL}/health`);
    expect(await health.json()).toEqual({ status: "ok", agents: ["spreadsheet-analyst", "summariser"] });
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
