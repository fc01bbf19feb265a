import { expect, test } from "vitest";
import { approvalPath, mostOf, questionShown } from "@/components/panels/approvals/question-words";

test("the most that a yes can cost is said in every currency that it can cost", () => {
  expect(mostOf([{ currency: "trial_microcredits", amount: 400_000n }])).toBe("at most 0.40 credits");
  expect(
    mostOf([
      { currency: "microcredits", amount: 1_000_001n },
      { currency: "usdc_base", amount: 2_500_000n },
    ]),
  ).toBe("at most 1.000001 credits and 2.50 USDC");
});

test("a yes that costs nothing says so", () => {
  expect(mostOf([])).toBe("nothing");
  expect(mostOf([{ currency: "microcredits", amount: 0n }])).toBe("nothing");
});

test("only an answer of yes is shown as approved", () => {
  expect(questionShown({ state: "answered", answer: "approved" }).status).toBe("done");
  expect(questionShown({ state: "answered", answer: "denied" }).status).toBe("denied");
  expect(questionShown({ state: "answered", answer: null }).status).toBe("denied");
  expect(questionShown({ state: "timed_out", answer: null }).word).toBe("Timed out");
});

test("the slashes of an operation stay inside one part of its address", () => {
  expect(approvalPath("run/review/ask")).toBe("/approvals/run%2Freview%2Fask");
});
