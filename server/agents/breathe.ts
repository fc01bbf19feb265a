import { setImmediate } from "node:timers/promises";

/** Lets other callers through between two pieces of heavy work, and stops the work when its deadline has passed. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
