import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { endChild, hasEnded } from "./ending.mjs";
import { openLog, readFrom, sizeOf } from "./logs.mjs";
import { postgresEnvironment } from "./postgres-cluster.mjs";
import { diskFull, Refusal, saysDiskFull } from "./refusal.mjs";
import { until } from "./waiting.mjs";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

const READY_MS = 60_000; // recovery after a crash may replay a checkpoint's worth of log

/** Small and careful: a studio is one team's, and nothing here trades safety for speed. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "32MB",
  max_connections: "60",
  jit: "off",
  io_method: "sync",
  max_parallel_workers_per_gather: "0",
  autovacuum_max_workers: "2",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  max_wal_size: "256MB",
  timezone: "UTC",
  log_timezone: "UTC",
};

/**
 * @param {object} parts
 * @param {string} parts.program
 * @param {import("./postgres-binaries.mjs").Unprivileged} parts.as
 * @param {string} parts.dir
 * @param {number} parts.port
 * @param {string} parts.log
 */
export async function runPostmaster({ program, as, dir, port, log }) {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, args] = as.command(program, ["-D", dir, "-p", String(port), ...settings]);
  const saidBefore = sizeOf(log);
  const out = openLog(log);
  // A session of its own: Ctrl-C in a terminal reaches the launcher alone, which stops things in order.
  const child = spawn(command, args, { stdio: ["ignore", out, out], detached: true, env: postgresEnvironment() });
  closeSync(out);
  const [outcome] = await Promise.race([once(child, "spawn"), once(child, "error")]);
  if (outcome) throw new Error(`Postgres could not be started: ${outcome.message}`);
  leash(child);

  const ready = () => hasEnded(child) || isReady(dir, child.pid);
  if (!(await until(ready, { forMs: READY_MS, everyMs: 10 })) || hasEnded(child)) {
    await endChild(child, "SIGQUIT");
    const said = readFrom(log, saidBefore);
    throw saysDiskFull(said) ? diskFull("starting the database") : new Refusal(`Postgres did not start:\n${said}`);
  }
  return child;
}

/**
 * Stops Postgres when this process is gone, even by kill -9: a shell waits at a pipe that only we hold open.
 *
 * @param {ChildProcess} postmaster
 */
function leash(postmaster) {
  if (process.platform === "win32") return;
  const stop = 'read -r _; kill -INT "$0"';
  const shell = spawn("sh", ["-c", stop, String(postmaster.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  postmaster.once("exit", () => shell.kill("SIGKILL"));
}

/**
 * Postgres writes its state into the last line of its own file: no connection has to be tried.
 *
 * @param {string} dir @param {number | undefined} pid
 */
function isReady(dir, pid) {
  const file = join(dir, "postmaster.pid");
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, "utf8").split("\n");
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}
