import { z } from "zod";

/**
 * What goes wrong with the next calls of a method, for tests of those who call.
 * - `drop`: answers as if taken, and never lands
 * - `cut_before`: cuts the connection and does nothing
 * - `cut`: does what was asked, and cuts the connection instead of answering
 * - `time_out`: does what was asked, waits `ms` and answers 504
 * - `delay`: waits `ms` before it does anything
 * - `late`: answers at once and lands after `ms`, if its blockhash is still valid then
 * - `busy`: answers 429 and does nothing
 * - `unavailable`: answers 503 and does nothing
 * - `stale_blockhash`: hands out a blockhash that no longer lands (of getLatestBlockhash)
 */
export const Fault = z.strictObject({
  kind: z.enum(["drop", "cut_before", "cut", "time_out", "delay", "late", "busy", "unavailable", "stale_blockhash"]),
  /** Which method it befalls; by default sendTransaction, and getLatestBlockhash for a stale blockhash. */
  method: z.string().optional(),
  /** How many calls; 1 by default. */
  times: z.number().int().min(1).max(1_000_000).default(1),
  ms: z.number().int().min(0).max(600_000).default(1_000),
});
export type Fault = z.infer<typeof Fault>;

export type Faults = {
  readonly set: (faults: readonly Fault[]) => void;
  readonly pending: () => readonly Fault[];
  /** The fault that befalls this call, used up by it. */
  readonly next: (method: string) => Fault | undefined;
};

const methodOf = ({ kind, method }: Fault) =>
  method ?? (kind === "stale_blockhash" ? "getLatestBlockhash" : "sendTransaction");

export function plannedFaults(): Faults {
  let planned: Fault[] = [];
  return {
    set: (faults) => {
      planned = [...faults];
    },
    pending: () => planned,
    next(method) {
      const found = planned.find((fault) => methodOf(fault) === method);
      if (!found) return undefined;
      planned = planned.flatMap((fault) => {
        if (fault !== found) return [fault];
        return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
      });
      return found;
    },
  };
}
