import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { AgentId, type Digest, OperationId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { compile } from "@/flows/compile/compile";
import { FlowDocument } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import { digestOfManifest, Manifest } from "@/flows/plan/manifest";
import type { Report } from "@/flows/ports/progress";
import { validate } from "@/flows/types/validate";
import { byProtocol } from "@/server/adapters/agents/by-protocol";
import { commandOf, originOf, readInstalled } from "@/server/adapters/mcp/installed";
import { lookAtInstalled, mcpLook } from "@/server/adapters/mcp/look";
import { mcpAgents } from "@/server/adapters/mcp/mcp";
import { type StdioServers, stdioServers } from "@/server/adapters/mcp/stdio-servers";
import { offerTools, withdrawOthers } from "@/server/adapters/registry/offered";
import { registryPlaces } from "@/server/adapters/registry/places";
import { eachWithRig, expectSound } from "@/server/drivers/postgres/fresh-rig.contract";
import type { Rig } from "@/server/drivers/postgres/rig.contract";
import { toolAgents } from "@/server/use-cases/tool-manifest";
import { offerInstalled } from "./offer-installed";

/** The official reference servers, from npm: one over HTTP, three that an operator has installed. */
const serverOf = (name: string) =>
  join(process.cwd(), "node_modules", "@modelcontextprotocol", `server-${name}`, "dist", "index.js");

let folder: string;
let installed: StdioServers | undefined;
afterEach(() => installed?.close());
let over: { child: ChildProcess; address: string };
let file: string;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "studio-reference-")));
  mkdirSync(join(folder, "shared"));
  writeFileSync(join(folder, "secret.txt"), "not for agents");
  symlinkSync(join(folder, "secret.txt"), join(folder, "shared", "way-out.txt"));
  file = join(folder, "servers.json");
  const server = (id: string, more: object) => ({ id, title: `The ${id}`, command: "node", ...more });
  const servers = [
    server("files", {
      args: [serverOf("filesystem"), join(folder, "shared")],
      tools: ["write_file", "read_text_file", "list_directory"],
      effects: { read_text_file: "safe" },
    }),
    server("memory", { args: [serverOf("memory")], env: { MEMORY_FILE_PATH: join(folder, "memory.jsonl") } }),
    server("everything", { args: [serverOf("everything"), "stdio"] }),
  ];
  over = await overHttp();
  const there = { id: "there", title: "The one over there", address: over.address, tools: ["echo"] };
  writeFileSync(file, JSON.stringify({ servers: [...servers, there], atOnce: 2 }));
}, 60_000);
afterAll(() => {
  over.child.kill();
  rmSync(folder, { recursive: true, force: true });
});

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

/** A port that nobody uses, as far as one can know. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function overHttp() {
  const port = await freePort();
  const child = spawn(process.execPath, [serverOf("everything"), "streamableHttp"], {
    env: { NODE_ENV: "production", PORT: String(port) },
    stdio: "ignore",
  });
  const address = `http://127.0.0.1:${port}/mcp`;
  await vi.waitFor(() => fetch(address), { timeout: 20_000, interval: 100 });
  return { child, address };
}

/** As the worker does it at its start, and a person who brings in an address. */
async function openTools() {
  const { pool } = studio;
  const { servers, atOnce } = readInstalled(file);
  const limits = { atOnce, idleMs: 60_000, restMs: 1_000, mostRestMs: 1_000 };
  await installed?.close();
  const running = stdioServers(
    servers.flatMap((server) => {
      const command = commandOf(server, undefined);
      return command ? [{ ...command, command: process.execPath }] : [];
    }),
    { limits },
  );
  installed = running;
  const trusted = [new URL(over.address).origin];
  const said: string[] = [];
  const offering = offerInstalled(
    {
      servers,
      look: (server) => lookAtInstalled(server, { installed: running, trusted }),
      offer: (server, manifests) => offerTools(pool, originOf(server), manifests),
      withdrawOthers: () => withdrawOthers(pool, servers.map(originOf)),
    },
    (_, event, about) => said.push(`${event} ${JSON.stringify(about)}`),
  );
  await expect.poll(() => said.filter((line) => line.startsWith("tools_offered")).length, { timeout: 20_000 }).toBe(4);
  offering.stop();

  const looked = await mcpLook({ trusted })(over.address);
  if (!looked.ok) throw new Error(looked.error.reason);
  const brought = toolAgents(looked.value.tools, {
    publisher: "eve",
    server: "demo",
    title: "Demo",
    effectOf: () => "once",
    deadlineMs: 30_000,
  });
  for (const { manifest } of brought)
    await pool.query(
      `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
       values ($1, $2, $3, 'eve', 'outside', $4, 'active') on conflict do nothing`,
      [manifest.agent, JSON.stringify(manifest), digestOfManifest(manifest), over.address],
    );
  const placeOf = registryPlaces(pool);
  const mcp = mcpAgents({ placeOf, trusted: { house: trusted, outside: trusted }, installed: running });
  const { ports } = studio.portsWith();
  return { ...ports, agents: byProtocol({ placeOf, http: ports.agents, others: { mcp } }) };
}

async function manifests(): Promise<Map<AgentId, Manifest>> {
  const { rows } = await studio.pool.query("select * from agent_version where state = 'active'");
  const all = rows.map(({ manifest, digest, payee, publisher }) =>
    Manifest.parse({ ...manifest, digest, payee, publisher }),
  );
  return new Map(all.map((manifest) => [manifest.agent, manifest]));
}

type Drawn = { id: string; kind: string; [setting: string]: unknown };

async function planOf(nodes: Drawn[], wires: string[]) {
  const document = FlowDocument.parse({
    version: 2,
    nodes: nodes.map(({ id, kind, ...settings }) => ({ id, kind, title: id, settings })),
    wires: wires.map((text) => {
      const [from = [], to = []] = text.split(" > ").map((end) => end.split("."));
      return { from: { node: from[0], output: from[1] }, to: { node: to[0], input: to[1] } };
    }),
    layout: {},
    flows: {},
  });
  const compiled = compile(document, { kinds: catalog, manifests: await manifests() });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value.plan;
}

const input: Drawn = {
  id: "in",
  kind: "input",
  schema: { type: "object", properties: { path: { type: "string" }, text: { type: "string" } } },
};
const tool = (id: string, agent: string, inputs: object = {}): Drawn => ({
  id,
  kind: "agent",
  agent: `${agent}@1.0.0`,
  inputs,
});

test("a flow of tools from four servers runs to its end, costs nothing, and every receipt of it verifies", async () => {
  const ports = await openTools();
  const plan = await planOf(
    [
      input,
      tool("write", "operator/files-write-file"),
      { id: "then", kind: "transform", inputs: ["path", "written"], gives: { path: "path" } },
      tool("read", "operator/files-read-text-file"),
      tool("note", "operator/memory-create-entities", {
        entities: [{ name: "Ada", entityType: "person", observations: ["wrote a file"] }],
      }),
      tool("sum", "operator/everything-get-sum", { a: 2, b: 40 }),
      tool("echo", "eve/demo-echo"),
      tool("again", "operator/there-echo"),
      { id: "out", kind: "output", name: "said" },
    ],
    [
      "in.path > write.path",
      "in.text > write.content",
      "in.path > then.path",
      "write.content > then.written",
      "then.path > read.path",
      "read.content > echo.message",
      "echo.text > again.message",
      "again.text > out.value",
    ],
  );
  await studio.drive(ports);
  const path = join(folder, "shared", "hello.txt");
  const run = await studio.start(plan, undefined, { given: { path, text: "Hello, tools." } });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  expect(readFileSync(path, "utf8")).toBe("Hello, tools.");
  expect(readFileSync(join(folder, "memory.jsonl"), "utf8")).toContain("Ada");
  const { row, verdict } = await expectSound(studio, run);
  expect(row.spent).toBe("0");
  expect(verdict.receipts).toBeGreaterThan(5);
  const delivered = (await studio.events(run)).flatMap((event) => (event.type === "call_delivered" ? [event] : []));
  const echoed = delivered.find(({ operation }) => operation.endsWith("/echo/call"));
  expect(await ports.values.get(echoed?.output as Digest)).toMatchObject({
    text: "Echo: Hello, tools.",
    content: [{ type: "text" }],
  });
}, 60_000);

const ask = (agent: string, given: Json, of: Map<AgentId, Manifest>) => {
  const id = AgentId.parse(`${agent}@1.0.0`);
  const { digest: manifest, payee } = of.get(id) as Manifest;
  const operation = OperationId.parse(`r/${agent}/call`);
  return { operation, agent: id, manifest, payee, input: given, deadlineMs: 20_000 };
};

test("a server reaches what the operator gave it and nothing else: no path and no link leads out of its folder", async () => {
  const { agents } = await openTools();
  const known = await manifests();
  for (const path of ["secret.txt", "shared/../secret.txt", "shared/way-out.txt", "/etc/passwd"]) {
    const given = { path: path.startsWith("/") ? path : join(folder, path) };
    const answer = await agents.call(ask("operator/files-read-text-file", given, known));
    expect([path, answer]).toMatchObject([path, { ok: false, error: { code: "agent_refused" } }]);
  }
  const listed = await agents.call(ask("operator/files-list-directory", { path: join(folder, "shared") }, known));
  expect(listed).toMatchObject({ ok: true, value: { output: { content: expect.stringContaining("way-out.txt") } } });
});

test("structure, pictures, links and progress of the reference server come through, over both ways alike", async () => {
  const { agents } = await openTools();
  const known = await manifests();
  for (const server of ["operator/everything", "eve/demo"]) {
    const fits = async (tool: string, given: Json) => {
      const asked = ask(`${server}-${tool}`, given, known);
      const reports: Report[] = [];
      const answer = await agents.call(asked, (report) => reports.push(report));
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      expect(validate(known.get(asked.agent)?.output ?? false, answer.value.output).ok).toBe(true);
      return { output: answer.value.output, reports };
    };
    const weather = await fits("get-structured-content", { location: "New York" });
    expect(weather.output).toMatchObject({ temperature: expect.any(Number), conditions: expect.any(String) });
    const picture = await fits("get-tiny-image", {});
    expect(picture.output).toMatchObject({
      content: expect.arrayContaining([expect.objectContaining({ type: "image" })]),
    });
    const links = await fits("get-resource-links", { count: 2 });
    expect(links.output).toMatchObject({
      content: expect.arrayContaining([expect.objectContaining({ type: "link" })]),
    });
    const long = await fits("trigger-long-running-operation", { duration: 0.2, steps: 2 });
    expect(long.reports).toContainEqual({ progress: { done: 0.5 } });
  }
}, 60_000);

test("tools are offered once, as the operator says, and taken out of the palette with their server", async () => {
  await openTools();
  const before = await studio.pool.query("select agent, digest, state, created_at from agent_version order by agent");
  await openTools();
  const after = await studio.pool.query("select agent, digest, state, created_at from agent_version order by agent");
  expect(after.rows).toEqual(before.rows);
  const files = [...(await manifests()).values()].filter(({ agent }) => agent.startsWith("operator/files-"));
  expect(files.map(({ agent, effect, publisher }) => [agent, effect, publisher]).sort()).toEqual([
    ["operator/files-list-directory@1.0.0", "once", "house"],
    ["operator/files-read-text-file@1.0.0", "safe", "house"],
    ["operator/files-write-file@1.0.0", "once", "house"],
  ]);
  expect((await manifests()).get(AgentId.parse("operator/there-echo@1.0.0"))?.publisher).toBe("house");
  await withdrawOthers(studio.pool, ["stdio:memory"]);
  const left = [...(await manifests()).keys()].filter((agent) => agent.startsWith("operator/"));
  expect(left.length).toBeGreaterThan(3);
  expect(left.every((agent) => agent.startsWith("operator/memory-"))).toBe(true);
});

test("an agent that somebody else has under the operator's name is not replaced", async () => {
  const { pool } = studio;
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ('operator/files-write-file@1.0.0', '{}', 'theirs', 'mallory', 'outside', 'https://example.com', 'suspended')`,
  );
  await openTools();
  const { rows } = await pool.query("select digest, state from agent_version where payee = 'mallory'");
  expect(rows).toEqual([{ digest: "theirs", state: "suspended" }]);
});
