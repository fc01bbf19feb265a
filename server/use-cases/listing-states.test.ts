import { expect, test } from "vitest";
import { deedsOf, type ListingState, MOVES, type Mover, moved } from "./listing-states";

const STATES: ListingState[] = ["draft", "pending_review", "approved", "active", "deprecated", "suspended"];

/** Every state that can be come to from a draft, by these movers alone. */
function reach(movers: readonly Mover[]): Set<ListingState> {
  const found = new Set<ListingState>(["draft"]);
  for (let grown = -1; grown !== found.size; ) {
    grown = found.size;
    for (const from of [...found])
      for (const by of movers)
        for (const { deed } of MOVES) {
          const to = moved(from, deed, by);
          if (to) found.add(to);
        }
  }
  return found;
}

test("nothing is offered to anybody that no reviewer has approved", () => {
  expect([...reach(["publisher"])].sort()).toEqual(["draft", "pending_review"]);
  expect(reach(["publisher", "reviewer"]).size).toBe(STATES.length);
});

test("no reviewer lists an agent, and no publisher lifts a suspension", () => {
  expect(MOVES.filter(({ to, by }) => to === "active" && by.includes("reviewer"))).toEqual([]);
  expect(deedsOf("suspended", "publisher")).toEqual([]);
  expect(moved("suspended", "reinstate", "reviewer")).toBe("approved");
});

test.each(STATES)("from %s each deed leads to one place or nowhere", (from) => {
  for (const by of ["publisher", "reviewer"] as const)
    for (const { deed } of MOVES) {
      const allowed = deedsOf(from, by).includes(deed);
      expect(moved(from, deed, by) !== null).toBe(allowed);
    }
});
