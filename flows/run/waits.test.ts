import { expect, test } from "vitest";
import { waitBeforeAsking } from "./waits";

test("[R32] waits double from one second to sixteen, are spread over a quarter more, and are alike whenever they are read", () => {
  const runs = Array.from({ length: 1_000 }, (_, run) => `run-${run}/a`);
  for (const [tries, least] of [1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 16_000].entries()) {
    const waits = runs.map((who) => waitBeforeAsking(tries, who));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThanOrEqual(least * 1.25);
    const quarters = [0, 1, 2, 3].map(
      (part) => waits.filter((ms) => Math.floor(((ms - least) / least) * 16) === part).length,
    );
    for (const count of quarters) expect(count).toBeGreaterThan(150);
    expect(runs.map((who) => waitBeforeAsking(tries, who))).toEqual(waits);
  }
});
