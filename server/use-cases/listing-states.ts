/** What one version of an agent is at. Only an active one is offered to anybody; a deprecated one goes on for who has it. */
export type ListingState = "draft" | "pending_review" | "approved" | "active" | "deprecated" | "suspended";

/** Who may make a move: whoever publishes the agent, a reviewer of this studio, who is never the publisher of it. */
export type Mover = "publisher" | "reviewer";

export type Deed = "submit" | "withdraw" | "approve" | "refuse" | "list" | "deprecate" | "suspend" | "reinstate";

type Move = { deed: Deed; by: readonly Mover[]; from: readonly ListingState[]; to: ListingState };

/** Every move that there is. What is not here cannot be done, by anybody. */
export const MOVES: readonly Move[] = [
  { deed: "submit", by: ["publisher"], from: ["draft"], to: "pending_review" },
  { deed: "withdraw", by: ["publisher"], from: ["pending_review", "approved"], to: "draft" },
  { deed: "approve", by: ["reviewer"], from: ["pending_review"], to: "approved" },
  { deed: "refuse", by: ["reviewer"], from: ["pending_review"], to: "draft" },
  { deed: "list", by: ["publisher"], from: ["approved", "deprecated"], to: "active" },
  { deed: "deprecate", by: ["publisher"], from: ["active"], to: "deprecated" },
  { deed: "suspend", by: ["publisher", "reviewer"], from: ["approved", "active", "deprecated"], to: "suspended" },
  { deed: "reinstate", by: ["reviewer"], from: ["suspended"], to: "approved" },
];

/** Where a deed leads; null when this mover may not do it from there. */
export function moved(from: ListingState, deed: Deed, by: Mover): ListingState | null {
  const move = MOVES.find((one) => one.deed === deed);
  return move?.from.includes(from) && move.by.includes(by) ? move.to : null;
}

/** What can be done with a version as it stands. */
export function deedsOf(from: ListingState, by: Mover): Deed[] {
  return MOVES.filter((move) => move.from.includes(from) && move.by.includes(by)).map(({ deed }) => deed);
}
