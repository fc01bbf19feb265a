import { expect, test } from "vitest";
import { costsWith, payeesPerRelease, transactionsPerRun } from "./costs.contract";

test("[X18] settling takes at most 4,000 units and 300 a payee, releasing 4,000 and 1,800", async () => {
  for (const payees of [1, 2, 12, 16, 32]) {
    const { settle, release } = await costsWith(payees);
    expect(settle).toBeLessThanOrEqual(4_000 + 300 * payees);
    expect(release).toBeLessThanOrEqual(4_000 + 1_800 * payees);
  }
});

test("[X18] one release of version 0 pays sixteen payees, one of version 1 all", async () => {
  expect(await payeesPerRelease(0)).toBeGreaterThanOrEqual(16);
  expect(await payeesPerRelease(1)).toBe(32);
});

test("[X1] a run takes two transactions without a window and three with one", async () => {
  expect(await transactionsPerRun(0)).toBe(2);
  expect(await transactionsPerRun(3_600)).toBe(3);
});
