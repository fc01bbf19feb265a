import { cheap } from "../small-flow.contract";
import type { Fate } from "./around.contract";
import { crossed, out, PRICE, type Row } from "./row.contract";

const AGENTS = [
  { agent: "acme/cheap@1.0.0", price: PRICE },
  { agent: "acme/dear@1.0.0", price: 500n },
  { agent: "cora/free@1.0.0", price: 0n },
];

/** What one call comes to by what the agent does. `again`: another attempt is worth it. */
const FATES: readonly { fates: readonly Fate[]; code?: string; again?: true; calls?: number }[] = [
  { fates: ["pays"] },
  { fates: ["overcharges"] }, // it is paid its cap, and the rest is its loss
  { fates: ["refuses"], code: "agent_refused", again: true },
  { fates: ["garbage"], code: "output_invalid", again: true },
  { fates: ["other_currency"], code: "price_currency_differs" },
  { fates: ["lost", "pays"], calls: 2 },
  { fates: ["away", "pays"], calls: 2 },
];

const oneCall: Row[] = crossed(AGENTS, crossed([0, 1], FATES)).map(
  ([{ agent, price }, [retries, { fates, code = "succeeded", again = false, calls = 1 }]]) => ({
    name: `${agent}, ${fates.join(" then ")}, ${retries} retries`,
    drawn: {
      nodes: [{ id: "work", kind: "agent", agent, retries }, out],
      wires: ["in.text > work.x", "work.text > out.value"],
    },
    around: { fates },
    expected: { ending: code, spent: code === "succeeded" ? price : 0n, calls: again ? 1 + retries : calls },
  }),
);

/** Two microcredits a page, at most nine pages a call; the agent says four, whatever price it asks for. */
const METERED: readonly [Fate, string, bigint][] = [
  ["pays", "succeeded", 8n],
  ["overcharges", "succeeded", 18n],
  ["other_currency", "succeeded", 8n],
  ["miscounts", "units_invalid", 0n],
  ["garbage", "output_invalid", 0n],
];

const metered: Row[] = METERED.map(([fate, ending, spent]) => ({
  name: `cora/metered@1.0.0, ${fate}`,
  drawn: {
    nodes: [{ id: "work", kind: "agent", agent: "cora/metered@1.0.0" }],
    wires: ["in.text > work.x"],
  },
  around: { fates: [fate] },
  expected: { ending, spent, calls: 1 },
}));

const secondAttempts: Row[] = crossed([1, 2], ["refuses", "garbage"] as const).map(([retries, first]) => ({
  name: `${first}, then pays, ${retries} retries`,
  drawn: { nodes: [{ ...cheap("work"), retries }], wires: ["in.text > work.x"] },
  around: { fates: [first, "pays"] },
  expected: { spent: PRICE, calls: 2 },
}));

const inARow: readonly [readonly Fate[], string, bigint, number][] = [
  [["pays"], "succeeded", 9n, 3],
  [["refuses"], "agent_refused", 0n, 1],
  [["pays", "refuses"], "agent_refused", 3n, 2],
  [["pays", "pays", "refuses"], "agent_refused", 6n, 3],
  [["pays", "garbage"], "output_invalid", 3n, 2],
  [["pays", "pays", "other_currency"], "price_currency_differs", 6n, 3],
  [["overcharges", "overcharges", "pays"], "succeeded", 9n, 3],
  [["pays", "lost", "pays"], "succeeded", 9n, 4],
];

const threeInARow: Row[] = inARow.map(([fates, ending, spent, calls]) => ({
  name: `three in a row: ${fates.join(", ")}`,
  drawn: {
    nodes: [cheap("a"), cheap("b"), cheap("c"), out],
    wires: ["in.text > a.x", "a.text > b.x", "b.text > c.x", "c.text > out.value"],
  },
  around: { fates },
  expected: { ending, spent, calls },
}));

export const calls: readonly Row[] = [...oneCall, ...metered, ...secondAttempts, ...threeInARow];
