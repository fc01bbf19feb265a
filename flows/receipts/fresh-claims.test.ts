import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import { type Money, money } from "../basics/money";
import { askStep, callStep, planOf } from "../examples/small-plan";
import type { Evidence } from "../plan/evidence";
import { drive } from "../simulator/driver";
import { memoryJournal } from "../simulator/journal";
import { simulateWorld } from "../simulator/world";
import type { ReceiptBody } from "./chain";
import type { ReceiptFile } from "./receipt-file";
import { retold, sealedFile } from "./sealed-file.contract";
import { verifyReceipts } from "./verify";

const eve = AccountId.parse("eve");
const credits = (amount: bigint) => money("microcredits", amount);

type Ran = { evidence?: Evidence; freshAbove?: Money; rule?: boolean };

/** A run whose question unlocks 30 microcredits, or whose rule asks before as many are paid; eve answers, and started it. */
async function ran({ evidence, freshAbove, rule = false }: Ran): Promise<ReceiptFile> {
  const unlocks = { bound: [credits(30n)], payees: [], agents: [] };
  const plan = rule
    ? planOf([callStep("work")])
    : planOf([askStep("q", [], { unlocks }), callStep("work", [{ step: 0, port: "approved" }])]);
  const agents = new Map(
    plan.authority.agents.map((agent) => [agent, () => ({ output: {}, price: credits(30n), detail: {} })]),
  );
  const world = simulateWorld(plan, {
    ...{ payer: eve, purse: credits(100n), agents },
    person: () => ({ by: eve, answer: "approved", atMs: 10, ...(evidence ? { evidence } : {}) }),
    ...(rule ? { policy: () => ({ verdict: "ask", rule: "r", message: "Pay?", approvers: [eve] }) as const } : {}),
  });
  const terms = { ...(await world.terms({ text: "t" })), ...(freshAbove ? { freshAbove } : {}) };
  const { state, receipts } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal() });
  if (state?.ending?.result !== "succeeded") throw new Error(`the run came to ${JSON.stringify(state?.ending)}`);
  return sealedFile({ plan, hash: terms.plan, state, receipts });
}

/** The same file whose closing receipt names another amount; with undefined as one from before it was said. */
const saying = (file: ReceiptFile, freshAbove: Money | null | undefined) =>
  retold(file, (body): ReceiptBody => {
    if (body.kind !== "closing") return body;
    const { freshAbove: _, ...before } = body;
    return freshAbove === undefined ? before : { ...before, freshAbove };
  });

test.each([{ rule: false }, { rule: true }])(
  "[V7] a yes above the amount of its run verifies with something fresh, and not by a click, where %o asks",
  async ({ rule }) => {
    const clicked = await ran({ rule });
    expect(verifyReceipts(clicked).failed).toEqual([]);
    expect(verifyReceipts(saying(clicked, credits(30n))).failed).toEqual([]);
    const above = verifyReceipts(saying(clicked, credits(29n)));
    expect(above.failed).toEqual([expect.stringMatching(/^A yes to more than 0.000029 credits came without/)]);
    for (const kind of ["passkey", "wallet", "confirmed"] as const) {
      const fresh = verifyReceipts(await ran({ rule, evidence: { kind }, freshAbove: credits(29n) }));
      expect(fresh.failed).toEqual([]);
      expect(fresh.proved.join(" ")).toMatch(/No yes to more than 0.000029 credits was a click/);
    }
    const key = saying(await ran({ rule, evidence: { kind: "api_key" } }), credits(29n));
    expect(verifyReceipts(key).failed).toHaveLength(1);
  },
);

test("[V7] the amount is the one that the run was started under, and stands in its closing receipt", async () => {
  const amounts = async (of: Ran) => (await ran(of)).receipts.at(-1)?.body;
  expect(await amounts({ evidence: { kind: "passkey" }, freshAbove: credits(7n) })).toContain(
    '"freshAbove":{"amount":"7","currency":"microcredits"}',
  );
  expect(await amounts({})).toContain('"freshAbove":null');
});

test("[V7] receipts from before the amount was said verify as they did, and do not claim it", async () => {
  const before = verifyReceipts(saying(await ran({}), undefined));
  expect(before.failed).toEqual([]);
  expect(before.notProved.join(" ")).toMatch(/more than a click above an amount of its own/);
  expect(verifyReceipts(saying(await ran({}), null)).notProved.join(" ")).not.toMatch(/more than a click/);
});

test("[V7] an answer that nobody is named for was a click", async () => {
  const bare = retold(await ran({}), (body): ReceiptBody => {
    if (body.kind === "closing") return { ...body, freshAbove: credits(29n) };
    const { votes: _, ...step } = body.step;
    return { ...body, step };
  });
  expect(verifyReceipts(bare).failed).toHaveLength(1);
});
