import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { migrate, readMigrations } from "@/server/launch/migrate.mjs";
import { startPostgres } from "@/server/launch/postgres.mjs";
import { postgresBinaries } from "@/server/launch/postgres-binaries.mjs";
import { MADE } from "@/server/launch/tree.mjs";

/** The migrated database that others are made like. */
export const TEMPLATE = "migrated";

const KEPT = join(MADE, "test");

/**
 * Puts a Postgres that has stopped, with a migrated database in it, into a folder. It is made once for these migrations
 * and kept: to make and migrate one for each of ninety files took a good part of their time.
 */
export async function copyReadyCluster(to: string): Promise<void> {
  const ready = await readyCluster();
  const { status, stderr } = spawnSync("cp", ["-a", `${ready}/.`, to], { encoding: "utf8" }); // with its owner
  if (status !== 0) throw new Error(`The ready Postgres could not be copied: ${stderr}`);
}

async function readyCluster(): Promise<string> {
  const made = readMigrations().map(({ name, checksum }) => [name, checksum]);
  const hash = createHash("sha256").update(JSON.stringify([postgresBinaries().major, made]));
  const name = `postgres-${hash.digest("hex").slice(0, 16)}`;
  const ready = join(KEPT, name);
  if (existsSync(ready)) return ready;
  mkdirSync(KEPT, { recursive: true });
  for (const old of readdirSync(KEPT)) if (/^postgres-[0-9a-f]{16}$/.test(old) && old !== name) forget(join(KEPT, old));

  const draft = mkdtempSync(`${ready}.`);
  const postgres = await startPostgres({ dir: join(draft, "data") });
  await migrate(await postgres.createDatabase(TEMPLATE));
  await postgres.stop();
  try {
    renameSync(draft, ready); // two files may make it at once: the first stays
  } catch (problem) {
    if (!existsSync(ready)) throw problem;
    forget(draft);
  }
  return ready;
}

function forget(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
