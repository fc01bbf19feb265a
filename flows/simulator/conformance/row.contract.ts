import { type Node, planOf } from "../small-flow.contract";
import type { Around, Case, Expected } from "./around.contract";

/** What the agent `acme/cheap` costs. The input of every case is three items, the number 7 and the text "in". */
export const PRICE = 3n;
export const out: Node = { id: "out", kind: "output", name: "out" };
/** What an agent that delivered once comes to, and one that was never reached. */
export const PAID: Partial<Expected> = { spent: PRICE, calls: 1 };
export const UNTOUCHED: Partial<Expected> = { spent: 0n, calls: 0 };

export type Drawn = { nodes: readonly Node[]; wires: readonly string[] };
/** What nobody says otherwise: agents pay, people agree, there is no policy; the run succeeds and calls nobody. */
export type Row = { name: string; drawn: Drawn; around?: Partial<Around>; expected: Partial<Expected> };

export function caseOf({ name, drawn, around, expected }: Row): Case {
  return {
    name,
    plan: planOf(drawn.nodes, ...drawn.wires),
    around: { fates: ["pays"], answer: "approved", policy: null, ...around },
    expected: { ending: "succeeded", spent: 0n, calls: 0, ...expected },
  };
}

/** Each of these with each of those. */
export function crossed<A, B>(these: readonly A[], those: readonly B[]): [A, B][] {
  return these.flatMap((a) => those.map((b): [A, B] => [a, b]));
}
