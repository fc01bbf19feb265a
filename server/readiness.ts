import "server-only";
import { openDb } from "./db";
import { env } from "./env";

const HEARTBEAT_OLD_MS = 15_000;
const PATIENCE_MS = 2_000;

export type Readiness = Record<"database" | "worker" | "agents", "ok" | "away">;

/** What a run needs besides the web process. Each part is asked for itself, so that the answer names the missing one. */
export async function readiness(): Promise<Readiness> {
  const [heartbeat, agents] = await Promise.allSettled([latestHeartbeat(), agentsAnswer()]);
  const seenAt = heartbeat.status === "fulfilled" ? heartbeat.value : null;
  const isFresh = seenAt !== null && Date.now() - seenAt.getTime() < HEARTBEAT_OLD_MS;
  return {
    database: heartbeat.status === "fulfilled" ? "ok" : "away",
    worker: isFresh ? "ok" : "away",
    agents: agents.status === "fulfilled" && agents.value ? "ok" : "away",
  };
}

async function latestHeartbeat(): Promise<Date | null> {
  const latest = await openDb(env().DATABASE_URL).heartbeat.findFirst({ orderBy: { seenAt: "desc" } });
  return latest?.seenAt ?? null;
}

async function agentsAnswer(): Promise<boolean> {
  const { ok } = await fetch(`${env().AGENTS_URL}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return ok;
}
