import { expect, test } from "vitest";
import { transactionsOfStudio } from "./escrow-costs.contract";

test.each([
  [0, 2],
  [3_600, 3],
])(
  "a run with a window of %i seconds takes %i transactions, however many calls",
  async (windowSeconds, most) => {
    expect(await transactionsOfStudio({ calls: 5, windowSeconds })).toBe(most);
  },
  120_000,
);
