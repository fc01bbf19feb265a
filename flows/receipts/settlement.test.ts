import { expect, test } from "vitest";
import { AccountId, AgentId, RunId } from "../basics/ids";
import { money } from "../basics/money";
import { callStep, planOf } from "../examples/small-plan";
import { digestOf } from "../plan/digest";
import { toStored } from "../plan/stored";
import { drive } from "../simulator/driver";
import { memoryJournal } from "../simulator/journal";
import { simulateWorld } from "../simulator/world";
import { chainOf, extended, type SealedReceipt, sealClosing, sealStep } from "./chain";
import { signingKey } from "./keys";
import { leavesUnder, merkleRoot } from "./merkle";
import { readReceiptFile } from "./read-file";
import type { ReceiptFile } from "./receipt-file";
import { type SettlementBody, sealSettlement } from "./settlement";
import { verifyReceipts } from "./verify";

const ada = AccountId.parse("ada");
const acme = AccountId.parse("acme");
const key = signingKey("07".repeat(32));
const price = money("microcredits", 1_500_050n);
const plan = planOf([
  callStep("a", [], { price, cap: price }),
  callStep("b", [{ step: 0, port: "done" }], { price, cap: price }),
]);

/** The receipts of a run on escrow of two calls, with what the chain is said to have made of them. */
async function settledFile(change: Partial<SettlementBody> = {}): Promise<ReceiptFile> {
  const agents = new Map([[AgentId.parse("acme/reader@1.0.0"), () => ({ output: {}, price, detail: {} })]]);
  const world = simulateWorld(plan, { payer: ada, purse: money("usdc_base", 30_001n), agents, person: () => null });
  const terms = await world.terms({});
  const { state, receipts } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal() });
  if (!state) throw new Error("the run has not begun");
  let chain = chainOf({ run: state.run, plan: digestOf(plan) });
  const sealed: SealedReceipt[] = [];
  for (const receipt of receipts) {
    const next = sealStep(chain, receipt, key);
    sealed.push(next);
    chain = extended(chain, next);
  }
  const closing = sealClosing(chain, state, key);
  const { root } = JSON.parse(closing.body) as { root: SettlementBody["root"] };
  const settlement = sealSettlement(
    {
      ...{ version: 1, kind: "settlement", run: state.run, plan: digestOf(plan), root, chain: digestOf("chain") },
      ...{ program: "1".repeat(32), escrow: "2".repeat(32), mint: "3".repeat(32) },
      lines: [{ account: "4".repeat(32), payees: [acme], amount: money("usdc_base", 30_000n) }],
      transactions: [{ does: "settled", signature: "5".repeat(88), slot: "7" }],
      ...change,
    },
    key,
  );
  return {
    version: 1,
    run: state.run,
    plan,
    receipts: [...sealed, closing],
    keys: { [key.id]: key.publicKey },
    settlement,
  };
}

test("[V6] a settlement with the root of the receipts and what each payee earned is proved, offline and read back from its file", async () => {
  const file = await settledFile();
  const read = readReceiptFile(toStored(file));
  const verdict = verifyReceipts(read.ok ? read.value : file, { trustedKeys: [key.publicKey] });
  expect(verdict.failed).toEqual([]);
  expect(verdict.proved).toContain("Each payee earned on chain what the receipts say, to the last unit.");
  expect(verdict.notProved.join()).toContain("--rpc");
  const { settlement: _, ...before } = file;
  expect(verifyReceipts(before).notProved.join()).toContain("had not landed");
});

test.each<[string, Partial<SettlementBody>]>([
  ["another root", { root: digestOf("another") }],
  ["another run", { run: RunId.parse("another") }],
  ["another plan", { plan: digestOf("another") }],
  ["more than was paid", { lines: [{ account: "4".repeat(32), payees: [acme], amount: money("usdc_base", 30_001n) }] }],
  ["somebody else", { lines: [{ account: "4".repeat(32), payees: [ada], amount: money("usdc_base", 30_000n) }] }],
  ["nobody", { lines: [] }],
  [
    "another currency",
    { lines: [{ account: "4".repeat(32), payees: [acme], amount: money("microcredits", 30_000n) }] },
  ],
])("[V6] a settlement of %s fails", async (_, change) => {
  expect(verifyReceipts(await settledFile(change)).failed).toHaveLength(1);
});

test("[V6] a run that outlived settle-by was settled before its end: the root is that of its first receipts", async () => {
  const whole = await settledFile();
  const first = whole.receipts[0]?.hash ?? "";
  const verdict = verifyReceipts(await settledFile({ root: merkleRoot([first]) }));
  expect(verdict.failed).toEqual([]);
  expect(verdict.proved.join()).toContain("the first 1 of these receipts");
});

test("[V6] a root tells how many of the first receipts it is over, as the whole tree does", () => {
  const leaves = Array.from({ length: 21 }, (_, place) => `leaf ${place}`);
  for (let count = 0; count <= leaves.length; count++)
    expect(leavesUnder(merkleRoot(leaves.slice(0, count)), leaves)).toBe(count);
  expect(leavesUnder(merkleRoot(leaves.slice(1)), leaves)).toBeNull();
});

test("[V6] a settlement that was changed after it was signed, or signed by another key, fails", async () => {
  const file = await settledFile();
  const { settlement } = file;
  if (!settlement) throw new Error("there is none");
  const changed = { ...settlement, body: settlement.body.replace('"slot":"7"', '"slot":"8"') };
  expect(verifyReceipts({ ...file, settlement: changed }).failed).toHaveLength(1);
  const stranger = signingKey("08".repeat(32));
  const theirs = { ...settlement, keyId: stranger.id, signature: stranger.sign(settlement.hash) };
  const keys = { ...file.keys, [stranger.id]: stranger.publicKey };
  const verdict = verifyReceipts({ ...file, keys, settlement: theirs }, { trustedKeys: [key.publicKey] });
  expect(verdict.failed).toEqual(["A receipt was signed with a key that is not among those you trust."]);
});
