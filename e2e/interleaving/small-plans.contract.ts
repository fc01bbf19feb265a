import type { Plan } from "@/flows/plan/plan";
import { cheap, type Node, planOf } from "@/flows/simulator/small-flow.contract";

const ask = (id: string): Node => ({ id, kind: "approval", question: "Go on?", timeoutMs: 60_000 });
const by = (id: string, agent: string, more: object = {}): Node => ({ id, kind: "agent", agent, ...more });
const pay: Node = {
  ...{ id: "pay", kind: "pay", payee: "dan", inputs: ["n"], amount: "n * 2" },
  cap: { currency: "microcredits", amount: "20" },
};

/** Small flows that have between them most of what a run can do. */
export const smallPlans: readonly Plan[] = [
  planOf([cheap("a")], "in.text > a.x"),
  planOf(
    [{ id: "split", kind: "parallel", ways: 2 }, cheap("a"), by("b", "acme/dear@1.0.0"), ask("yes"), cheap("c")],
    ...["in.text > split.value", "split.way1 > a.x", "split.way2 > b.x"],
    ...["a.text > yes.subject", "yes.approved > c.x", "b.text > c.y"],
  ),
  planOf(
    [{ id: "each", kind: "map", most: 3, atOnce: 2 }, cheap("a", "each")],
    ...["in.items > each.items", "each.item > a.x", "a.text > each.result"],
  ),
  planOf([by("a", "bolt/once@1.0.0"), cheap("b")], "in.text > a.x", "a.text > b.x"),
  planOf(
    [
      { id: "safe", kind: "try", attempts: 2, catches: ["business"] },
      cheap("a", "safe"),
      { id: "out", kind: "output", name: "out" },
    ],
    ...["in.text > a.x", "a.text > safe.result", "safe.done > out.value"],
  ),
  planOf([{ id: "later", kind: "wait", for: 3_000 }, cheap("a")], "in.text > later.value", "later.value > a.x"),
  planOf([{ id: "if", kind: "branch", condition: "value > 5" }, pay], ...["in.n > if.value", "if.yes > pay.n"]),
  planOf(
    [{ id: "again", kind: "loop", while: "value >= 0", most: 2 }, cheap("a", "again")],
    ...["in.n > again.value", "again.value > a.x", "a.n > again.next"],
  ),
  planOf(
    [{ id: "split", kind: "parallel", ways: 2 }, ask("one"), ask("two"), cheap("a"), by("b", "cora/free@1.0.0")],
    ...["in.text > split.value", "split.way1 > one.subject", "split.way2 > two.subject"],
    ...["one.approved > a.x", "two.approved > b.x"],
  ),
  planOf([by("a", "acme/cheap@1.0.0", { retries: 2 })], "in.text > a.x"),
];
