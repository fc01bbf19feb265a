import { expect, test } from "vitest";
import { endingOf } from "@/components/panels/runs/ending-words";

test("a refusal names the reader, never an account's id", () => {
  const refused = { code: "approval_denied", reason: "42e17d2c refused." };
  expect(endingOf(refused, "you")).toBe("you refused.");
  expect(endingOf(refused)).toBe("somebody refused.");
});

test("what only the journal knows is said in its words", () => {
  expect(endingOf({ code: "agent_refused", reason: "The file is no CSV." })).toBe("The file is no CSV.");
  expect(endingOf({ code: "unheard_of", reason: null })).toBe("the step ended without a result.");
});
