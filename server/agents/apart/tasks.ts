import type { Outcome } from "@/sdk/agent";
import type { Tell } from "@/sdk/report";
import { readDocument } from "../document-extractor/read-document";
import { readFeed } from "../news-aggregator/read-feed";
import { readSheet } from "../spreadsheet-analyst/read-sheet";
import { readPage } from "../web-page-reader/read-page";

/** Everything that is done apart. Each loads its parser when it is first asked. */
export const tasks = { readDocument, readFeed, readPage, readSheet };

export type Task = keyof typeof tasks;
export type TaskInput<Name extends Task> = Parameters<(typeof tasks)[Name]>[0];
export type TaskOutput<Name extends Task> = Extract<Awaited<ReturnType<(typeof tasks)[Name]>>, { ok: true }>["value"];

/** One task by its name. What an outcome holds is known by who asked. */
export function perform(task: Task, input: unknown, tell: Tell): Promise<Outcome<unknown>> {
  const work = tasks[task] as (input: unknown, tell: Tell) => Promise<Outcome<unknown>>;
  return work(input, tell);
}
