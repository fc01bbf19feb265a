// A server on the standard streams, for tests: it does what the name of the tool says.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";

const OPERATION = "studio.agent-labs/operation";
const text = { type: "object", properties: { text: { type: "string" } } };
const names = ["echo", "env", "crash", "child", "swell", "babble"];
const done = new Map();
/** @type {Buffer[]} */
const kept = [];
// biome-ignore lint/style/noProcessEnv: what it is given is what the test asks for
const variables = process.env;
if (variables.STARTS) appendFileSync(variables.STARTS, `${process.pid}\n`);
if (process.argv.includes("--broken")) process.exit(3);

const server = new Server({ name: "under-test", version: "1" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: names.map((name) => ({ name, inputSchema: text, outputSchema: text })),
}));
server.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification }) => {
  const { name } = params;
  const said = String(params.arguments?.text);
  const meta = params._meta ?? {};
  if (name === "crash") process.exit(4);
  if (name === "env") return answer(JSON.stringify(variables));
  if (name === "child") {
    const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], {
      stdio: "ignore",
    });
    return answer(String(child.pid));
  }
  if (name === "swell") for (;;) await swell();
  if (name === "babble") process.stdout.write("x".repeat(11 * 1024 * 1024));
  const known = done.get(meta[OPERATION]);
  if (known && known !== said)
    throw new McpError(-32_600, "known with another input", { code: "studio.agent-labs/operation-reused" });
  if (known) return answer(said);
  done.set(meta[OPERATION], said);
  const progressToken = meta.progressToken ?? 0;
  /** @param {{ progress: number, total?: number, message?: string, _meta?: Record<string, unknown> }} how */
  const tell = (how) => sendNotification({ method: "notifications/progress", params: { progressToken, ...how } });
  await tell({ progress: 1, total: 2, message: "half" });
  for (const letter of said) await tell({ progress: 1, _meta: { "studio.agent-labs/delta": letter } });
  return answer(said);
});

/** @param {string} said */
function answer(said) {
  return { content: [], structuredContent: { text: said } };
}

async function swell() {
  kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
  await new Promise((resolve) => setTimeout(resolve, 10));
}

await server.connect(new StdioServerTransport());
