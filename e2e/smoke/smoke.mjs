// npm run smoke -- --json: runs every sample flow over the HTTP API, answers its approvals, verifies its receipts.
// STUDIO_URL names a studio that is running; without it one is started on a fresh folder.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install } from "../../server/launch/install.mjs";
import { prepare } from "../../server/launch/prepare.mjs";
import { startStudio } from "../../server/launch/start-studio.mjs";

const began = performance.now();
await install();
await prepare();
const { signIn } = await import("./client.mjs");
const { runFlow } = await import("./run-flow.mjs");
const { verifyFile } = await import("./verify-file.mjs");

const own = process.env.STUDIO_URL ? null : await mkdtemp(join(tmpdir(), "studio-smoke-"));
const studio = own ? await startStudio({ data: own }) : null;
try {
  const { api } = await signIn(studio?.url ?? process.env.STUDIO_URL ?? "", "Smoke");
  const results = [];
  for (const flow of await api.flows.list.query()) {
    const { file, ...ended } = await runFlow(api, flow);
    const verdict = await verifyFile(file);
    results.push({ ...ended, ...verdict });
  }
  report(results);
} finally {
  await studio?.stop();
  if (own) await rm(own, { recursive: true, force: true });
}

/** @param {{ name: string, status: string, bound: bigint, spent: bigint, receipts: number, verified: number, failed: string[] }[]} results */
function report(results) {
  const sum = (/** @type {(one: typeof results[number]) => bigint} */ pick) =>
    Number(results.reduce((total, one) => total + pick(one), 0n));
  const figures = {
    flows: results.length,
    succeeded: results.filter(({ status }) => status === "succeeded").length,
    bound: sum(({ bound }) => bound),
    spent: sum(({ spent }) => spent),
    receipts: sum(({ receipts }) => BigInt(receipts)),
    verified: sum(({ verified }) => BigInt(verified)),
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(12)}${value}`);
  for (const { name, failed } of results) for (const line of failed) console.error(`${name}: ${line}`);
  const good = results.every(
    ({ status, failed, spent, bound }) => status === "succeeded" && failed.length === 0 && spent <= bound,
  );
  process.exitCode = good && results.length > 0 ? 0 : 1;
}
