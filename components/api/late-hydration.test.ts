import { dehydrate, hydrate, QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { markLateHydration } from "./late-hydration";

const RUN = ["runs", "get"] as const;

/** What the server drew of a run, so long ago. */
function drawn(status: string, agoMs: number) {
  const server = new QueryClient();
  server.setQueryData(RUN, status, { updatedAt: Date.now() - agoMs });
  return dehydrate(server);
}

function browser() {
  let nowMs = 1_000_000;
  const queries = new QueryClient();
  const late = markLateHydration(queries, () => nowMs);
  const stop = late.watch();
  const settled = async () => {
    await Promise.resolve();
    return queries.getQueryState(RUN)?.isInvalidated;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { queries, late, stop, settled, pass };
}

test("what a page brings is stale when it was told to be while the page was drawn", async () => {
  const { queries, late, settled } = browser();
  late.stale({ queryKey: ["runs"] });
  hydrate(queries, drawn("running", 500));
  expect(await settled()).toBe(true);
});

test("what nobody spoke of, or long ago, is as good as it came", async () => {
  const { queries, late, settled, pass } = browser();
  late.stale({ queryKey: ["runs"] });
  pass(30_001);
  late.stale({ queryKey: ["flows"] });
  hydrate(queries, drawn("running", 500));
  expect(await settled()).toBe(false);
});

test("a page that was left and comes back from the server is not fresh by that alone", async () => {
  const { queries, late, settled } = browser();
  queries.setQueryData(RUN, "queued", { updatedAt: Date.now() - 5_000 });
  late.stale({ queryKey: ["runs"] });
  hydrate(queries, drawn("running", 500));
  expect(queries.getQueryData(RUN)).toBe("running");
  expect(await settled()).toBe(true);
});

test("what is read here is fresh, and after the end nothing is marked", async () => {
  const { queries, late, stop, settled } = browser();
  late.stale({ queryKey: ["runs"] });
  queries.setQueryData(RUN, "succeeded");
  expect(await settled()).toBe(false);
  stop();
  queries.removeQueries({ queryKey: RUN });
  hydrate(queries, drawn("running", 500));
  expect(await settled()).toBe(false);
});
