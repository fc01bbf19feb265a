import { readdirSync, readFileSync } from "node:fs";

const GRACE_MS = 2_000;
const WATCH_MS = 1_000;
const PAGE_BYTES = 4_096;
const [GROUP_PLACE, PAGES_PLACE] = [2, 21]; // behind the name, of proc(5), "stat"

/** Asks a process and all that it started to end, and ends what is left of them a little later. */
export function endGroup(pid: number): void {
  if (signalGroup(pid, "SIGTERM")) setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS).unref();
}

/** False: all of the group is gone, and its number may be another's before long. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Calls `exceeded` once when a group holds more than so many megabytes. Only Linux says what a group holds. */
export function watchMemory(pid: number | undefined, mostMb: number, exceeded: () => void): () => void {
  if (pid === undefined || process.platform !== "linux") return () => undefined;
  const timer = setInterval(() => {
    if (memoryOf(pid) <= mostMb * 1024 * 1024) return;
    clearInterval(timer);
    signalGroup(pid, "SIGKILL");
    exceeded();
  }, WATCH_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Units: bytes. */
function memoryOf(group: number): number {
  let bytes = 0;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = statOf(entry);
    if (Number(fields[GROUP_PLACE]) === group) bytes += Number(fields[PAGES_PLACE] ?? 0) * PAGE_BYTES;
  }
  return bytes;
}

function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return []; // it ended while we looked
  }
}
