import { parentPort, workerData } from "node:worker_threads";
import type { Said, Told } from "./limits";
import { perform, type Task } from "./tasks";

/** What the thread of a task does: the task, and then nothing. */
export async function answerApart(): Promise<void> {
  const { task, input } = workerData as Told;
  const say = (said: Said) => parentPort?.postMessage(said);
  try {
    say({ outcome: await perform(task as Task, input, (report) => say({ report })) });
  } catch (problem) {
    say({ broke: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem) });
  }
}
