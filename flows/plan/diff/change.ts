import type { NodeId } from "../../basics/ids";

/** In the order in which people have to know of them. */
export const RISKS = ["money", "authority", "data", "logic", "looks"] as const;
export type Risk = (typeof RISKS)[number];

/** One difference in words. `more`: more may be spent, reached or sent than before; `less`: less may. */
export type PlanChange = {
  risk: Risk;
  message: string;
  nodes: readonly NodeId[];
  direction: "more" | "less" | "other";
};

/** What people call the nodes; a node without a title goes by its id. */
export type Titles = Readonly<Record<string, string>>;

export function titleOf(titles: Titles, node: string): string {
  return Object.hasOwn(titles, node) ? (titles[node] ?? node) : node;
}

export function inOrderOfRisk(changes: readonly PlanChange[]): PlanChange[] {
  const weight = ({ risk, direction }: PlanChange) =>
    RISKS.indexOf(risk) * 3 + ["more", "other", "less"].indexOf(direction);
  return changes
    .map((change, place) => ({ change, place }))
    .sort((a, b) => weight(a.change) - weight(b.change) || a.place - b.place)
    .map(({ change }) => change);
}
