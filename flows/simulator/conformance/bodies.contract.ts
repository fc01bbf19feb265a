import { cheap } from "../small-flow.contract";
import type { Expected, Fate } from "./around.contract";
import { crossed, type Drawn, out, PRICE, type Row } from "./row.contract";

const mapOf = (most: number, atOnce: number): Drawn => ({
  nodes: [{ id: "each", kind: "map", most, atOnce }, cheap("work", "each"), out],
  wires: ["in.items > each.items", "each.item > work.x", "work.text > each.result", "each.results > out.value"],
});
const MAPS: readonly [number, readonly Fate[], Partial<Expected>][] = [
  [3, ["pays"], { spent: 9n, calls: 3 }],
  [10, ["pays"], { spent: 9n, calls: 3 }],
  [2, ["pays"], { ending: "too_many_items" }],
  [3, ["pays", "pays", "lost", "pays"], { spent: 9n, calls: 4 }],
];
const maps: Row[] = crossed([1, 2, 5], MAPS).map(([atOnce, [most, fates, expected]]) => ({
  name: `a map of three, at most ${most}, ${atOnce} at once: ${fates.join(", ")}`,
  drawn: mapOf(most, atOnce),
  around: { fates },
  expected,
}));

const FAILING: readonly [readonly Fate[], bigint, number][] = [
  [["refuses"], 0n, 1],
  [["pays", "refuses"], 3n, 2],
  [["pays", "pays", "refuses"], 6n, 3],
];
const failingMaps: Row[] = FAILING.map(([fates, spent, calls]) => ({
  name: `a map one at a time that fails: ${fates.join(", ")}`,
  drawn: mapOf(3, 1),
  around: { fates },
  expected: { ending: "agent_refused", spent, calls },
}));

/** The agent gives back 1: a loop that begins with 7 and goes on while it is large is done once. */
const WHILE: readonly [string, (most: number) => number][] = [
  ["value >= 0", (most) => most],
  ["value > 5", () => 1],
  ["value > 9", () => 0],
];
const loops: Row[] = crossed([1, 2, 3, 5], WHILE).map(([most, [condition, rounds]]) => ({
  name: `a loop while ${condition}, at most ${most}`,
  drawn: {
    nodes: [{ id: "again", kind: "loop", while: condition, most }, cheap("work", "again")],
    wires: ["in.n > again.value", "again.value > work.x", "work.n > again.next"],
  },
  expected: { spent: PRICE * BigInt(rounds(most)), calls: rounds(most) },
}));

const tried = (attempts: number, catches: string): Drawn => ({
  nodes: [{ id: "safe", kind: "try", attempts, catches: [catches] }, cheap("work", "safe"), out],
  wires: ["in.text > work.x", "work.text > safe.result", "safe.done > out.value"],
});
const ERRORS = [
  { fate: "refuses", is: "business", code: "agent_refused" },
  { fate: "garbage", is: "permanent", code: "output_invalid" },
] as const;
const attempts: Row[] = crossed(ERRORS, [1, 2, 3]).flatMap(([{ fate, is, code }, most]): Row[] => [
  {
    name: `${most} attempts, ${fate}, another error than is caught`,
    drawn: tried(most, "resource"),
    around: { fates: [fate] },
    expected: { ending: code, calls: 1 },
  },
  {
    name: `${most} attempts, ${fate} each time`,
    drawn: tried(most, is),
    around: { fates: [fate] },
    expected: { calls: most },
  },
  {
    name: `${most} attempts, ${fate}, then pays`,
    drawn: tried(most, is),
    around: { fates: [fate, "pays"] },
    expected: most === 1 ? { calls: 1 } : { spent: PRICE, calls: 2 },
  },
]);

const each = (ways: number) => Array.from({ length: ways }, (_, place) => place + 1);
const joined = (ways: number, mode: string): Drawn => ({
  nodes: [
    { id: "split", kind: "parallel", ways },
    ...each(ways).map((way) => cheap(`w${way}`)),
    { id: "merge", kind: "join", inputs: ways, mode, ...(mode === "first" ? { first: 2 } : {}) },
    out,
  ],
  wires: [
    "in.text > split.value",
    ...each(ways).flatMap((way) => [`split.way${way} > w${way}.x`, `w${way}.text > merge.in${way}`]),
    "merge.values > out.value",
  ],
});
const joins: Row[] = crossed([2, 3, 5], ["all", "any", "first"]).map(([ways, mode]) => ({
  name: `${ways} ways, joined by ${mode}`,
  drawn: joined(ways, mode),
  expected: { spent: PRICE * BigInt(ways), calls: ways },
}));

export const bodies: readonly Row[] = [...maps, ...failingMaps, ...loops, ...attempts, ...joins];
