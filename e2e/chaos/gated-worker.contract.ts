import { pino } from "pino";
import { runWorker } from "@/server/worker/run-worker";

/**
 * The worker, stopped at every journal write until its parent says "go": the parent kills somebody meanwhile. Its
 * leases are short, so that a test need not wait as long as a person would.
 */
let go: (() => void) | null = null;
process.on("message", () => {
  const resume = go;
  go = null;
  resume?.();
});
process.on("disconnect", () => process.exit(1));

const worker = await runWorker({
  log: pino({ level: "error" }, pino.destination({ fd: 2, sync: true })),
  timing: { leaseMs: 1_000, renewMs: 250, sweepMs: 1_000 },
  onCommit: ({ when, runs }) =>
    new Promise((resolve) => {
      go = resolve;
      process.send?.({ when, runs });
    }),
});
process.on("SIGTERM", () => void worker.stop().then(() => process.exit(0)));
process.send?.({ ready: true });
