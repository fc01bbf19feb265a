import type { Apart } from "./apart";
import { perform } from "./tasks";

/** Each task where it is asked: for tests of what a task finds, which need no process for it. */
export const inProcess: Apart = async (task, input, { signal, tell }) => {
  signal.throwIfAborted();
  return (await perform(task, input, tell)) as never; // the task's own outcome
};
