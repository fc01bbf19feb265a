import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import { agentsContract } from "@/flows/ports/agents.contract";
import { mcpAgents } from "./mcp";
import { STDIO_LIMITS, type StdioServers, stdioServers } from "./stdio-servers";
import type { StdioCommand } from "./stdio-transport";

const text = { type: "object", properties: { text: { type: "string" } } };
const declares = digestOf({ input: text, output: text });
const price = money("microcredits", 5n);
const script = join(import.meta.dirname, "stdio-server.contract.mjs");

const folders: string[] = [];
const opened: StdioServers[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function command(id: string, more: Partial<StdioCommand> = {}): StdioCommand {
  const base = { id, command: process.execPath, args: [script], env: { ONE: "given" }, memoryMb: 500 };
  return { ...base, ...more, folder: process.cwd() };
}

function install(commands: StdioCommand[], limits: object = {}, now?: () => number) {
  const installed = stdioServers(commands, { limits: { ...STDIO_LIMITS, ...limits }, ...(now ? { now } : {}) });
  opened.push(installed);
  return installed;
}

type More = { server?: string; publisher?: "house" | "outside" };

function agentsAt(installed: StdioServers | null, { server = "test", publisher = "house" }: More = {}) {
  return mcpAgents({
    async placeOf(agent) {
      const tool = /^acme\/(.+)@/.exec(agent)?.[1] ?? "";
      const protocol = { kind: "mcp", tool, declares } as const;
      return tool === "gone" ? null : { origin: `stdio:${server}`, publisher, protocol, price };
    },
    installed,
  });
}

const call = (tool: string, more: object = {}) => ({
  operation: OperationId.parse("r/a/call"),
  agent: AgentId.parse(`acme/${tool}@1.0.0`),
  manifest: digestOf("echo"),
  payee: AccountId.parse("acme"),
  input: { text: "a" },
  deadlineMs: 20_000,
  ...more,
});

/** Where a server writes that it was started. */
function diary() {
  const folder = mkdtempSync(join(tmpdir(), "studio-mcp-"));
  folders.push(folder);
  const file = join(folder, "starts");
  return { file, starts: () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : []) };
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8")); // ended, and nobody has looked yet
  } catch {
    return false;
  }
};

agentsContract("mcp over standard streams", async () => agentsAt(install([command("test")])));

test("a server knows the variables that the operator gave it, and none of ours", async () => {
  const answer = await agentsAt(install([command("test")])).call(call("env"));
  const seen = Object.keys(JSON.parse(answer.ok ? (answer.value.output as { text: string }).text : "{}"));
  expect(seen).toContain("ONE");
  expect(seen.filter((name) => name !== "ONE" && !name.startsWith("__"))).toEqual([]); // the system adds its own
});

test("a server that is not installed, and one that an outsider's agent names, are not reached", async () => {
  const { file, starts } = diary();
  const installed = install([command("test", { env: { STARTS: file } })]);
  for (const agents of [
    agentsAt(null),
    agentsAt(installed, { server: "other" }),
    agentsAt(installed, { server: "constructor" }),
    agentsAt(installed, { publisher: "outside" }),
  ])
    expect(await agents.call(call("echo"))).toMatchObject({ error: { code: "agent_refused" } });
  expect(starts()).toEqual([]);
});

test("a server is started once for many calls, and again when it is gone", async () => {
  const { file, starts } = diary();
  const agents = agentsAt(install([command("test", { env: { STARTS: file } })], { restMs: 0 }));
  const operations = ["a", "b", "c"].map((name) => ({ operation: OperationId.parse(`r/${name}/call`) }));
  await Promise.all(operations.map((more) => agents.call(call("echo", more))));
  expect(starts()).toHaveLength(1);
  expect(await agents.call(call("crash"))).toMatchObject({ error: { code: "outcome_unknown" } });
  await expect.poll(() => agents.call(call("echo"))).toMatchObject({ ok: true });
  expect(starts()).toHaveLength(2);
});

test("a server that does not come up rests twice as long each time, and nothing counts as called", async () => {
  const { file, starts } = diary();
  let nowMs = 0;
  const broken = command("test", { args: [script, "--broken"], env: { STARTS: file } });
  const agents = agentsAt(install([broken], { restMs: 1_000 }, () => nowMs));
  const attempt = async () =>
    expect(await agents.call(call("echo"))).toMatchObject({ error: { code: "agent_unreachable" } });
  for (const [atMs, count] of [
    [0, 1],
    [999, 1],
    [1_000, 2],
    [2_999, 2],
    [3_000, 3],
  ] as const) {
    nowMs = atMs;
    await attempt();
    expect([atMs, starts().length]).toEqual([atMs, count]);
  }
  const missing = agentsAt(install([command("test", { command: "/nowhere/at-all" })]));
  expect(await missing.call(call("echo"))).toMatchObject({ error: { code: "agent_unreachable" } });
});

test("what a server started ends with it", async () => {
  const installed = install([command("test")]);
  const answer = await agentsAt(installed).call(call("child"));
  const pid = Number(answer.ok ? (answer.value.output as { text: string }).text : 0);
  expect(isAlive(pid)).toBe(true);
  await installed.close();
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

test("who closes them waits until they are gone", async () => {
  const { file, starts } = diary();
  const installed = install([command("test", { env: { STARTS: file } })]);
  await agentsAt(installed).call(call("echo"));
  expect(starts().filter(isAlive)).toHaveLength(1);
  await installed.close();
  expect(starts().filter(isAlive)).toEqual([]);
});

test.runIf(process.platform === "linux")("a server that holds more than it may is ended", async () => {
  const agents = agentsAt(install([command("test", { memoryMb: 200 })]));
  expect(await agents.call(call("swell"))).toMatchObject({ error: { code: "outcome_unknown" } });
});

test("a server that says more at once than anybody reads is ended", async () => {
  const agents = agentsAt(install([command("test")]));
  expect(await agents.call(call("babble"))).toMatchObject({ error: { code: "outcome_unknown" } });
});

test("never more servers run at once than there is room for: one that is idle makes room", async () => {
  const { file, starts } = diary();
  const env = { STARTS: file };
  const installed = install(
    ["one", "two", "three"].map((id) => command(id, { env })),
    { atOnce: 1 },
  );
  for (const id of ["one", "two", "three", "one"])
    expect(await agentsAt(installed, { server: id }).call(call("echo"))).toMatchObject({ ok: true });
  expect(starts()).toHaveLength(4);
  await expect.poll(() => starts().filter(isAlive).length, { timeout: 10_000 }).toBe(1);
});

test("of several that wait for room, one gets it", async () => {
  const installed = install(
    ["one", "two", "three"].map((id) => command(id)),
    { atOnce: 1 },
  );
  const working = new Set<string>();
  let most = 0;
  const use = (id: string) =>
    installed.use(id, {
      signal: AbortSignal.timeout(60_000),
      async work({ client }) {
        working.add(id);
        for (let times = 0; times < 200; times++) {
          await client.ping();
          most = Math.max(most, working.size);
        }
        working.delete(id);
      },
    });
  await Promise.all(["one", "two", "three", "two", "one"].map(use));
  expect(most).toBe(1);
});

test("a server that nobody uses is stopped after a while", async () => {
  const { file, starts } = diary();
  const agents = agentsAt(install([command("test", { env: { STARTS: file } })], { idleMs: 50 }));
  await agents.call(call("echo"));
  await expect.poll(() => starts().filter(isAlive).length, { timeout: 10_000 }).toBe(0);
});
