import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { build, bundleFile } from "@/server/launch/build.mjs";

let cluster: Cluster;
let folder: string;
beforeAll(async () => {
  await build({ pages: false, bundles: ["worker"] });
  cluster = await startCluster();
  folder = mkdtempSync(join(tmpdir(), "studio-worker-"));
}, 120_000);
afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

const SECRET = "5".repeat(64);

async function startWorker(more: Record<string, string> = {}) {
  const { url, pool } = await cluster.database();
  const env = {
    PATH: "/usr/bin:/bin",
    NODE_ENV: "production" as const,
    DATABASE_URL: url,
    STUDIO_DATA: folder,
    STUDIO_URL: "http://127.0.0.1:1",
    AGENTS_URL: "http://127.0.0.1:1",
    NEXTAUTH_SECRET: SECRET,
    ...more,
  };
  const child = spawn(process.execPath, [bundleFile("worker")], { env, stdio: ["ignore", "pipe", "pipe"] });
  return { pool, child, out: said(child, "stdout"), log: said(child, "stderr") };
}

/** Collects what a process says, as it says it. */
function said(child: ChildProcess, stream: "stdout" | "stderr") {
  const chunks: string[] = [];
  child[stream]?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  return { text: () => chunks.join("") };
}

function keyFile(): Record<string, string> {
  const file = join(folder, "receipt.key");
  writeFileSync(file, SECRET, { mode: 0o600 });
  return { RECEIPT_KEY_FILE: file };
}

test("a worker says ready once it takes runs, shows that it lives, publishes its key, and ends when it is asked to", async () => {
  const { pool, child, out, log } = await startWorker(keyFile());
  await expect.poll(out.text, { timeout: 20_000 }).toBe("ready\n");
  const alive = await pool.query("select id, now() - seen_at < interval '10 seconds' as fresh from heartbeat");
  expect(alive.rows).toEqual([{ id: `worker:${child.pid}`, fresh: true }]);
  const keys = await pool.query("select length(id) as id, length(public_key) as key from receipt_key");
  expect(keys.rows).toEqual([{ id: 16, key: 64 }]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(log.text()).not.toContain(SECRET);
  expect((await pool.query("select 1 from heartbeat")).rowCount).toBe(0);
});

test("a worker without a key ends with one sentence that says what is missing", async () => {
  const { child, log, out } = await startWorker();
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(log.text()).toContain("The worker signs receipts: set RECEIPT_KEY_FILE to the file with its key.");
  expect(out.text()).toBe("");
});

test("a variable that is wrong is named, and its value is not", async () => {
  const { child, log } = await startWorker({ NEXTAUTH_SECRET: "hush", ...keyFile() });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(log.text()).toContain("NEXTAUTH_SECRET");
  expect(log.text()).not.toContain("hush");
});
