import type { Json } from "../../basics/json";
import { cheap, type Node } from "../small-flow.contract";
import { crossed, type Drawn, PAID, type Row, UNTOUCHED } from "./row.contract";

const branch = (condition: string, side: string): Drawn => ({
  nodes: [{ id: "if", kind: "branch", condition }, cheap("work")],
  wires: ["in.n > if.value", `if.${side} > work.x`],
});
const CONDITIONS: readonly [string, string][] = [
  ["value > 5", "yes"],
  ["value > 9", "no"],
  ["value % 2 == 1", "yes"],
  ["value == 8 || value < 0", "no"],
  ["value in [1, 7]", "yes"],
];
const branches: Row[] = crossed(CONDITIONS, ["yes", "no"]).map(([[condition, taken], side]) => ({
  name: `${condition}, a call on the side of ${side}`,
  drawn: branch(condition, side),
  expected: side === taken ? PAID : UNTOUCHED,
}));

const pick = (limits: readonly number[], otherwise: boolean): Drawn => ({
  nodes: [
    {
      ...{ id: "pick", kind: "switch", otherwise },
      cases: limits.map((limit, place) => ({ name: `c${place}`, when: `value < ${limit}` })),
    },
    cheap("work"),
  ],
  wires: ["in.n > pick.value", "pick.c0 > work.x"],
});
const switches: Row[] = [
  { name: "a switch whose first case holds", drawn: pick([8, 9], true), expected: PAID },
  { name: "a switch whose second case holds", drawn: pick([3, 8], true), expected: UNTOUCHED },
  { name: "a switch that goes otherwise", drawn: pick([3, 4], true), expected: UNTOUCHED },
  { name: "a switch of which no case holds", drawn: pick([3, 4], false), expected: { ending: "no_case" } },
];

const fixed = (amount: string): Json => ({ currency: "microcredits", amount });
const paying = (amount: Json): Drawn => {
  const byExpression = typeof amount === "string";
  const inputs = byExpression ? ["n"] : [];
  const node: Node = { id: "give", kind: "pay", payee: "dan", cap: fixed("20"), amount, inputs };
  return { nodes: [node], wires: byExpression ? ["in.n > give.n"] : [] };
};
const AMOUNTS: readonly [string, Json, string, bigint][] = [
  ["1", fixed("1"), "succeeded", 1n],
  ["its cap", fixed("20"), "succeeded", 20n],
  ["n", "n", "succeeded", 7n],
  ["n * 2 + 6, its cap", "n * 2 + 6", "succeeded", 20n],
  ["n * 3, above its cap", "n * 3", "amount_above_cap", 0n],
  ["n - 7, nothing", "n - 7", "succeeded", 0n],
];
const payments: Row[] = AMOUNTS.map(([words, amount, ending, spent]) => ({
  name: `pays ${words}`,
  drawn: paying(amount),
  expected: { ending, spent },
}));

const made = (text: string): Drawn => ({
  nodes: [{ id: "make", kind: "transform", inputs: ["n"], gives: { made: text } }, cheap("work")],
  wires: ["in.n > make.n", "make.made > work.x"],
});
const EXPRESSIONS: readonly [string, boolean][] = [
  ["n + 1", true],
  ["string(n)", true],
  ["[n, n].map(each, each * 2)", true],
  ["n / (n - 7)", false],
  ["n % (n - 7)", false],
];
const expressions: Row[] = EXPRESSIONS.map(([text, holds]) => ({
  name: `works out ${text}, then calls`,
  drawn: made(text),
  expected: holds ? PAID : { ending: "expression_failed" },
}));

const wait: Drawn = {
  nodes: [{ id: "later", kind: "wait", for: 1_000 }, cheap("work")],
  wires: ["in.text > later.value", "later.value > work.x"],
};

export const values: readonly Row[] = [
  ...branches,
  ...switches,
  ...payments,
  ...expressions,
  { name: "waits, then calls", drawn: wait, expected: PAID },
];
