import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/generated/prisma/client";
import { openHouseAccounts } from "@/prisma/seed/house-accounts";
import { registerHouseAgents } from "@/prisma/seed/house-agents";
import { build, bundleFile } from "@/server/launch/build.mjs";
import { migrate } from "@/server/launch/migrate.mjs";
import { startPostgres } from "@/server/launch/postgres.mjs";

export type Role = "worker" | "postgres" | "web";
export type Commit = { when: "before" | "after"; runs: readonly string[] };

/** The processes of a studio, each of which can be killed and started again on the same data. */
export type Stage = {
  /** Where the web process answers, whichever it is now. */
  url: string;
  databaseUrl: string;
  agentsUrl: string;
  startWorker(): Promise<void>;
  startWeb(): Promise<void>;
  startDatabase(): Promise<void>;
  /** kill -9, as a power loss would. */
  kill(role: Role): Promise<void>;
  /** Hears of every journal commit before and after it happens; the worker waits until the answer is there. */
  onCommit(hear: (commit: Commit) => Promise<void>): void;
  stop(): Promise<void>;
};

const GATED = "chaos-worker=e2e/chaos/gated-worker.contract.ts";
const NEXT = "node_modules/next/dist/bin/next";

/** `via` puts something between the worker and the agents, and says where the worker finds it. */
export type StageOptions = { via?: (agentsUrl: string) => Promise<string> };

export async function openStage({ via }: StageOptions = {}): Promise<Stage> {
  await build({ pages: true, bundles: ["agents"] });
  const made = spawnSync(process.execPath, ["server/launch/bundle.mjs", GATED], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);

  const dir = mkdtempSync(join(tmpdir(), "studio-chaos-"));
  const keyFile = join(dir, "receipt.key");
  writeFileSync(keyFile, "cd".repeat(32), { mode: 0o600 });
  const database = { dir: join(dir, "postgres"), port: await freePort() };
  let postgres = await startPostgres(database);
  await migrate(postgres.url);
  const agentsUrl = `http://127.0.0.1:${await freePort()}`;
  const webPort = await freePort();
  const url = `http://127.0.0.1:${webPort}`;
  const environment = {
    ...process.env,
    DATABASE_URL: postgres.url,
    STUDIO_DATA: dir,
    STUDIO_URL: url,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: "0".repeat(64),
    AGENTS_URL: agentsUrl,
    ...{ CALLS_PER_MINUTE: "100000", CALLS_BURST: "100000" }, // chaos is in a hurry
    NODE_ENV: "production" as const,
  };
  const start = (file: string, more: Record<string, string> = {}) =>
    fork(file, { env: { ...environment, ...more }, stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });

  const agents = start(bundleFile("agents"));
  await answering(`${agentsUrl}/health`);
  const agentsVia = via ? await via(agentsUrl) : agentsUrl;
  let worker: ChildProcess | undefined;
  let web: ChildProcess | undefined;
  let hear: (commit: Commit) => Promise<void> = async () => {};

  return {
    url,
    databaseUrl: postgres.url,
    agentsUrl,
    onCommit(next) {
      hear = next;
    },
    async startWorker() {
      const more = { RECEIPT_KEY_FILE: keyFile, AGENTS_URL: agentsVia };
      const started = start(bundleFile("chaos-worker" as "worker"), more);
      worker = started;
      await once(started, "message"); // it is ready
      started.on("message", (commit: Commit) => {
        void hear(commit).then(() => started.connected && started.send("go", () => undefined)); // it may be gone
      });
    },
    async startWeb() {
      const address = ["start", "-H", "127.0.0.1", "-p", String(webPort)];
      web = spawn(process.execPath, [NEXT, ...address], { env: environment, stdio: "ignore" });
      await answering(`${url}/health`);
    },
    async startDatabase() {
      postgres = await startPostgres(database);
    },
    async kill(role) {
      if (role === "postgres") return postgres.kill();
      const victim = role === "worker" ? worker : web;
      await killed(victim);
    },
    async stop() {
      await Promise.all([killed(worker), killed(web), killed(agents)]);
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What the studio's own seed does: the accounts of the house, and its agents in the registry. */
export async function seedHouse({ databaseUrl, agentsUrl }: Stage): Promise<void> {
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
  await openHouseAccounts(db);
  await registerHouseAgents(db, agentsUrl);
  await db.$disconnect();
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    const answer = await fetch(url).catch((problem: unknown) => {
      if (problem instanceof TypeError) return null; // nobody listens yet
      throw problem;
    });
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
