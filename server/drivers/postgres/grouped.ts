import type { RunId } from "@/flows/basics/ids";

/** Rows by the run that they belong to, in the order in which they came. */
export function byRun<T extends { run_id: RunId }>(rows: readonly T[]): ReadonlyMap<RunId, readonly T[]> {
  const groups = new Map<RunId, T[]>();
  for (const row of rows) {
    const group = groups.get(row.run_id);
    if (group) group.push(row);
    else groups.set(row.run_id, [row]);
  }
  return groups;
}
