import { pino } from "pino";
import { runWorker } from "./run-worker";

/** The process that drives runs. Whoever starts it waits for the line `ready`; everything else goes to its log. */
async function main(): Promise<void> {
  const worker = await runWorker({ log });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(() => process.exit(0), giveUp);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop); // the parent that held the channel is gone: nobody else would stop us
  process.stdout.write("ready\n");
}

const log = pino({ base: { process: "worker", pid: process.pid } }, pino.destination({ fd: 2, sync: true }));

function giveUp(problem: unknown): void {
  log.fatal(
    { problem: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem) },
    "worker_stopped",
  );
  process.exit(1);
}

process.on("uncaughtException", giveUp);
process.on("unhandledRejection", giveUp);
main().catch(giveUp);
