import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "./folder-lock.mjs";
import { freePort } from "./ports.mjs";
import { startPostgres } from "./postgres.mjs";

let data: string;
beforeEach(() => {
  data = realpathSync(mkdtempSync(join(tmpdir(), "studio-failure-")));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** Runs the real command to its end. */
async function studio(flags: string[], { cwd = process.cwd(), env = {} } = {}) {
  const child = spawn(process.execPath, ["server/launch/studio.mjs", "--no-open", ...flags], {
    cwd,
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: undefined, INIT_CWD: undefined, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, "close");
  return { code, said };
}

test("port taken", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const { code, said } = await studio(["--data", data, "--port", String(port)]);
  server.close();
  expect(said).toBe(
    `Port ${port} is taken by another program: stop that program, or choose another port with --port N.\n`,
  );
  expect(code).toBe(1);
});

test.each([[[]], [["--reset"]]])("folder in use by a live studio, with %j", async (flags) => {
  const lock = takeLock(join(data, "studio.lock"), "http://127.0.0.1:4400");
  const { code, said } = await studio(["--data", data, "--port", String(await freePort()), ...flags]);
  if ("release" in lock) lock.release();
  expect(said).toBe(
    `The folder ${data} is in use by the studio at http://127.0.0.1:4400 (process ${process.pid}): stop it, or choose another folder with --data DIR.\n`,
  );
  expect(code).toBe(1);
});

test("folder written by a newer version, told by its database", async () => {
  const postgres = await startPostgres({ dir: join(data, "postgres"), secrets: join(data, "secrets") });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(
    `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
       migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
       started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`,
  );
  await client.query(
    "insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('1', 'x', now(), '9999_from_the_future')",
  );
  await client.end();
  await postgres.stop();
  const { code, said } = await studio(["--data", data, "--port", String(await freePort())]);
  expect(said).toBe(
    `The folder ${data} was written by a newer version of the studio (it knows the migration 9999_from_the_future): update this copy with git pull, or choose another folder with --data DIR.\n`,
  );
  expect(code).toBe(1);
});

test("folder written by a newer version, told by its mark", async () => {
  writeFileSync(join(data, "studio.json"), '{"format": 99}');
  const { code, said } = await studio(["--data", data, "--port", String(await freePort())]);
  expect(said).toContain("was written by a newer version of the studio (its format is 99; here is 1)");
  expect(code).toBe(1);
});

test("--reset does not erase a folder that is not a studio's", async () => {
  writeFileSync(join(data, "thesis.txt"), "years of work");
  const { code, said } = await studio(["--data", data, "--reset", "--port", String(await freePort())]);
  expect(said).toContain("holds files that are not a studio's");
  expect(code).toBe(1);
});

test("registry unreachable at first install", async () => {
  const copy = join(data, "clone");
  mkdirSync(join(copy, "server"), { recursive: true });
  for (const path of ["server/launch", "package.json", "package-lock.json"])
    cpSync(path, join(copy, path), { recursive: true });
  const env = { npm_config_registry: "http://127.0.0.1:1", npm_config_cache: join(data, "cache") };
  const { code, said } = await studio(["--port", String(await freePort())], { cwd: copy, env });
  expect(said).toBe(
    "The package registry http://127.0.0.1:1 cannot be reached, and the first start needs it: connect to the network (or set npm's registry and proxy) and start again.\n",
  );
  expect(code).toBe(1);
});

test("disk full", async (context) => {
  const small = join(data, "small");
  mkdirSync(small);
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "none", small]).status !== 0) {
    process.stdout.write("SKIPPED disk full, on a small disk: this user cannot mount one\n");
    return context.skip();
  }
  const { code, said } = await studio(["--data", join(small, "data"), "--port", String(await freePort())]);
  spawnSync("umount", [small]);
  expect(said).toBe(
    "The disk is full (making the database): free some space and start again; nothing that was saved is lost.\n",
  );
  expect(code).toBe(1);
});
