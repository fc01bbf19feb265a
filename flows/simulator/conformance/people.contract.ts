import { cheap, type Node } from "../small-flow.contract";
import type { Around, Expected } from "./around.contract";
import { crossed, type Drawn, PAID, type Row, UNTOUCHED } from "./row.contract";

const ask: Node = { id: "ask", kind: "approval", question: "Go on?", timeoutMs: 60_000 };
const onSide = (side: string): Drawn => ({
  nodes: [ask, cheap("work")],
  wires: ["in.text > ask.subject", `ask.${side} > work.x`],
});

/** A no ends the run, unless something stands on its side. */
const approvals: readonly [string, string, Around["answer"], Partial<Expected>][] = [
  ["a yes opens what waits for it", "approved", "approved", PAID],
  ["a no ends the run", "approved", "denied", { ending: "approval_denied" }],
  ["a yes skips the side of a no", "denied", "approved", UNTOUCHED],
  ["a no opens its own side", "denied", "denied", PAID],
];

/** Two questions in a row, of which each has to be answered. */
const twice: Drawn = {
  nodes: [ask, { ...ask, id: "again" }, cheap("work")],
  wires: ["in.text > ask.subject", "ask.approved > again.subject", "again.approved > work.x"],
};

const pay: Node = {
  ...{ id: "work", kind: "pay", payee: "dan", inputs: ["n"], amount: "n * 2" },
  cap: { currency: "microcredits", amount: "20" },
};
const PAYING: readonly [string, Drawn, Partial<Expected>][] = [
  ["a call", { nodes: [cheap("work")], wires: ["in.text > work.x"] }, PAID],
  ["a payment", { nodes: [pay], wires: ["in.n > work.n"] }, { spent: 14n }],
];
const RULED: readonly [string, Partial<Around>, string][] = [
  ["that is allowed", { policy: "allow" }, "succeeded"],
  ["that is denied", { policy: "deny" }, "policy_denied"],
  ["that needs consent, with it", { policy: "ask" }, "succeeded"],
  ["that needs consent, without it", { policy: "ask", answer: "denied" }, "approval_denied"],
];

const guarded = (word: string, asks: boolean): Drawn => ({
  nodes: [
    {
      ...{ id: "look", kind: "guard", rule: { by: "blocklist", words: [word] } },
      ...(asks ? { otherwise: "asks", question: "Let it pass?" } : { otherwise: "blocks" }),
    },
    cheap("work"),
  ],
  wires: ["in.text > look.value", "look.passed > work.x"],
});
const guards: readonly [string, boolean, Around["answer"], Partial<Expected>][] = [
  ["out", false, "approved", PAID],
  ["in", false, "approved", { ending: "guard_held" }],
  ["out", true, "denied", PAID],
  ["in", true, "approved", PAID],
  ["in", true, "denied", { ending: "approval_denied" }],
];

export const people: readonly Row[] = [
  ...approvals.map(
    ([name, side, answer, expected]): Row => ({ name, drawn: onSide(side), around: { answer }, expected }),
  ),
  { name: "two questions, two times yes", drawn: twice, expected: PAID },
  { name: "two questions, no", drawn: twice, around: { answer: "denied" }, expected: { ending: "approval_denied" } },
  ...crossed(PAYING, RULED).map(
    ([[kind, drawn, paid], [how, around, ending]]): Row => ({
      name: `${kind} ${how}`,
      drawn,
      around,
      expected: { ending, ...(ending === "succeeded" ? paid : UNTOUCHED) },
    }),
  ),
  ...guards.map(
    ([word, asks, answer, expected]): Row => ({
      name: `a guard against "${word}" that ${asks ? `asks: ${answer}` : "blocks"}`,
      drawn: guarded(word, asks),
      around: { answer },
      expected,
    }),
  ),
];
