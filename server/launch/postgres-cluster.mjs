import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diskFull, folderNewer, Refusal, saysDiskFull } from "./refusal.mjs";

/** @typedef {import("./postgres-binaries.mjs").Unprivileged} Unprivileged */

const ENCODING = ["-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]; // sorts alike on every machine

/**
 * Makes the folder of a new Postgres, or checks that an old one is ours to open.
 *
 * @param {{ dir: string; user: string; password: string; binaries: { initdb: string; major: number }; as: Unprivileged }} parts
 */
export function ensureCluster(parts) {
  const { dir, binaries } = parts;
  if (!existsSync(join(dir, "PG_VERSION"))) return makeCluster(parts);
  const written = Number(readFileSync(join(dir, "PG_VERSION"), "utf8"));
  if (written > binaries.major) throw folderNewer(dir, `Postgres ${written}; here is ${binaries.major}`);
  if (written < binaries.major)
    throw new Refusal(
      `${dir} was written by Postgres ${written}; this is ${binaries.major}: dump it there, load it here`,
    );
}

/**
 * The cluster is made beside its place and moved there whole: a start cut short leaves nothing half made.
 *
 * @param {Parameters<typeof ensureCluster>[0]} parts
 */
function makeCluster({ dir, user, password, binaries, as }) {
  const draft = `${dir}.new`;
  const passwordFile = `${dir}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as.owner !== undefined) for (const path of [draft, passwordFile]) chownSync(path, as.owner, as.owner);

  const secured = ["-U", user, "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const [command, args] = as.command(binaries.initdb, ["-D", draft, ...secured, ...ENCODING]);
  const made = spawnSync(command, args, { encoding: "utf8", env: postgresEnvironment() });
  rmSync(passwordFile);
  if (made.status === 0) return renameSync(draft, dir);

  rmSync(draft, { recursive: true, force: true });
  const said = `${made.stderr ?? ""}${made.stdout ?? ""}${made.error?.message ?? ""}`;
  throw saysDiskFull(said) ? diskFull("making the database") : new Refusal(`initdb failed: ${said}`);
}

/** Postgres reads PGDATA, PGPORT and their kind; ours is told everything on its command line. */
export function postgresEnvironment() {
  const { PATH, NODE_ENV } = process.env;
  return { PATH, NODE_ENV, TZ: "UTC", LC_ALL: "C" };
}
