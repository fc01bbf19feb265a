import { matchQuery, type QueryClient, type QueryFilters } from "@tanstack/react-query";

/** Pages are drawn on the server within this time: what a page brings was read at most so long before it comes. */
const DRAWN_WITHIN_MS = 30_000;

/**
 * A page that the server drew brings answers that it read some time before. What was told to be stale in between was not here
 * yet and could not be marked: it is when it comes, or it would stay as it was until something else moves.
 */
export function markLateHydration(queries: QueryClient, nowMs: () => number = Date.now) {
  let told: { filter: QueryFilters; atMs: number }[] = [];

  function watch(): () => void {
    return queries.getQueryCache().subscribe((event) => {
      const isHydrated =
        (event.type === "added" && event.query.state.data !== undefined) ||
        (event.type === "updated" && event.action.type === "setState");
      if (!isHydrated || event.query.state.isInvalidated) return;
      const sinceMs = nowMs() - DRAWN_WITHIN_MS;
      if (!told.some(({ filter, atMs }) => atMs > sinceMs && matchQuery(filter, event.query))) return;
      const { queryKey } = event.query;
      // Not while the page is being drawn, which is when it comes.
      queueMicrotask(() => void queries.invalidateQueries({ queryKey, exact: true }));
    });
  }

  return {
    /** Watches what comes until the function that it gives is called. */
    watch,
    /** These are stale, also those of them that are still to come. */
    stale(filter: QueryFilters): void {
      const atMs = nowMs();
      const key = JSON.stringify(filter.queryKey);
      told = told.filter((each) => each.atMs > atMs - DRAWN_WITHIN_MS && JSON.stringify(each.filter.queryKey) !== key);
      told.push({ filter, atMs });
      void queries.invalidateQueries(filter);
    },
  };
}
