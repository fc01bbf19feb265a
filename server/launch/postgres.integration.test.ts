import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "./migrate.mjs";
import { startPostgres } from "./postgres.mjs";
import { identityOf, isAlive } from "./process-identity.mjs";
import { startTestDatabase } from "./test-database.mjs";
import { until } from "./waiting.mjs";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "studio-postgres-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

test("what was committed is there after kill -9 and an immediate start", async () => {
  const dir = join(root, "killed");
  const first = await startPostgres({ dir });
  await query(first.url, "create table kept (n int); insert into kept values (7)");
  await first.kill();
  const second = await startPostgres({ dir, port: first.port });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, "select n from kept")).toEqual([{ n: 7 }]);
  await second.stop();
});

test("the password is generated, needed, and readable by its owner alone", async () => {
  const postgres = await startPostgres({ dir: join(root, "secured") });
  const stranger = new URL(postgres.url);
  stranger.password = "guess";
  await expect(query(stranger.toString(), "select 1")).rejects.toThrow("password authentication failed");
  expect(statSync(join(root, "secured-secrets", "postgres-password")).mode & 0o777).toBe(0o600);
  await postgres.stop();
});

test("Postgres ends when whoever started it is killed, and the next start takes over", async () => {
  const dir = join(root, "orphaned");
  const script = `const { startPostgres } = await import("./server/launch/postgres.mjs");
    const { pid, port } = await startPostgres({ dir: ${JSON.stringify(dir)} });
    process.stdout.write(pid + " " + port);`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(starter.stdout, "data");
  const [pid = 0, port = 0] = String(said).split(" ").map(Number);
  const orphan = identityOf(pid);
  expect(isAlive(orphan)).toBe(true);
  starter.kill("SIGKILL");
  const next = await startPostgres({ dir, port });
  expect(await until(() => !isAlive(orphan), { forMs: 5_000 })).toBe(true);
  expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await next.stop();
});

test.each(["fsync", "full_page_writes", "synchronous_commit"])("a database with %s off is refused", async (name) => {
  const postgres = await startPostgres({ dir: join(root, `forgetful-${name}`) });
  await query(postgres.url, `alter system set ${name} = off`);
  await query(postgres.url, "select pg_reload_conf()");
  await until(async () => (await query(postgres.url, `show ${name}`))[0][name] === "off", { forMs: 5_000 });
  await expect(migrate(postgres.url)).rejects.toThrow(`The database has ${name} off and could forget payments`);
  await postgres.stop();
});

test("the committed migrations apply once, also to databases that are made later and by two starters at once", async () => {
  const database = await startTestDatabase();
  const names = readdirSync("prisma/migrations").filter((name) => !name.endsWith(".toml"));
  expect(await migrate(database.url)).toEqual([]);
  const empty = await database.postgres.createDatabase("twice");
  const applied = await Promise.all([migrate(empty), migrate(empty)]);
  expect(applied.flat().sort()).toEqual(names.sort());
  await database.stop();
});
