import type { Outcome } from "@/sdk/agent";
import type { Tell } from "@/sdk/report";
import type { Task, TaskInput, TaskOutput } from "./tasks";

/** When to stop, and whom to tell how it goes. */
export type Care = { signal: AbortSignal; tell: Tell };

/**
 * Does one task on what a stranger wrote where it can be stopped: a document may be made so that reading it never ends or
 * takes all memory, and then the reader is ended and not the process.
 */
export type Apart = <Name extends Task>(
  task: Name,
  input: TaskInput<Name>,
  care: Care,
) => Promise<Outcome<TaskOutput<Name>>>;
