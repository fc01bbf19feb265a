import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again and again until the answer is yes. Says whether it ever was.
 *
 * @param {() => boolean | Promise<boolean>} ask
 * @param {{ forMs: number; everyMs?: number }} patience
 */
export async function until(ask, { forMs, everyMs = 20 }) {
  const end = performance.now() + forMs;
  while (!(await ask())) {
    if (performance.now() > end) return false;
    await sleep(everyMs);
  }
  return true;
}

/**
 * Waits for all, then fails with the first failure: nothing is still under way when the caller cleans up.
 *
 * @param {Promise<unknown>[]} jobs
 */
export async function allOf(jobs) {
  for (const result of await Promise.allSettled(jobs)) if (result.status === "rejected") throw result.reason;
}
