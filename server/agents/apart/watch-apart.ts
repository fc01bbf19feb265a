import { Worker } from "node:worker_threads";
import { type Said, type Told, tooMuchMemory } from "./limits";

const LOOK_EVERY_MS = 25;
const MB = 1024 * 1024;

/**
 * The process of one task: the task is done in a thread, and this one looks at how much memory the process takes. It ends
 * with its answer, and when whoever started it is gone.
 */
export function watchApart(file: URL): void {
  process.on("disconnect", () => process.exit(0));
  process.once("message", (told: Told) => {
    const startRss = process.memoryUsage.rss();
    const resourceLimits = { maxOldGenerationSizeMb: told.limits.heapMb, stackSizeMb: 4 };
    const worker = new Worker(file, { workerData: told, resourceLimits, stdout: true, stderr: true });
    worker.on("message", say);
    worker.on("error", (problem: NodeJS.ErrnoException) =>
      say(problem.code === "ERR_WORKER_OUT_OF_MEMORY" ? { outcome: tooMuchMemory() } : { broke: String(problem) }),
    );
    setInterval(() => {
      if (process.memoryUsage.rss() - startRss > told.limits.growthMb * MB) say({ outcome: tooMuchMemory() });
    }, LOOK_EVERY_MS);
  });
}

function say(said: Said): void {
  process.send?.(said);
}
