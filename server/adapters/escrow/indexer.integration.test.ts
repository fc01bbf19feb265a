import type { Address } from "@solana/kit";
import { expect, test } from "vitest";
import { AccountId, Digest, RunId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import { canonicalJson } from "@/flows/plan/canonical";
import type { EscrowTerms } from "@/flows/ports/escrows";
import type { EscrowEvent } from "@/programs/clients/escrow-events";
import { eachWithRig } from "@/server/drivers/postgres/fresh-rig.contract";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { inTransaction } from "../connection";
import { readOn } from "./indexer";
import { mirrorOpening } from "./mirror";
import type { History, Told } from "./rpc-history";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const PROGRAM = "Program1111111111111111111111111111111111111";
const ESCROW = "Escrow11111111111111111111111111111111111111" as Address;
const PAYER = "Payer111111111111111111111111111111111111111" as Address;
const RUN = RunId.parse("5f0e7c86-3c10-4d0c-9a3e-2f6f7c1f8a11");
const CAP = UsdcBase.parse(30_000n);
const PLAN = Digest.parse("ab".repeat(32));
const bytes = Uint8Array.from(Buffer.from(PLAN, "hex"));

const terms: EscrowTerms = {
  ...{ run: RUN, plan: PLAN, program: PROGRAM, escrow: ESCROW, vault: "v", mint: "m", payer: PAYER, source: "s" },
  ...{ sponsor: "p", settler: "t", arbiter: "a", feeAccount: "f", feeBps: 0, cap: CAP, windowSeconds: 0 },
  ...{ settleBy: 2_000_000_000, expiry: 2_000_600_000 },
  lines: [{ account: "l", wallet: "w", cap: CAP, payees: [AccountId.parse("acme")] }],
};

const opened: EscrowEvent = { kind: "opened", escrow: ESCROW, payer: PAYER, planHash: bytes, cap: CAP };
const closed: EscrowEvent = { kind: "closed", escrow: ESCROW, returned: CAP };
const settled: EscrowEvent = {
  ...{ kind: "settled", escrow: ESCROW, sequence: 0n, earned: 10_000n, receiptRoot: bytes, chain: bytes },
};

/** History with one transaction for each of these, in their order; a slot for each. */
function historyOf(...all: readonly (readonly [signature: string, ...events: EscrowEvent[]])[]): History {
  const told = all.map(
    ([signature, ...events], slot): Told => ({
      ...{ signature, slot: BigInt(slot), atSeconds: 1_900_000_000, events },
    }),
  );
  return {
    async signatures({ before, until }) {
      if (before !== null) return [];
      const from = told.findIndex(({ signature }) => signature === until) + 1;
      return told
        .slice(from)
        .reverse()
        .map(({ signature, slot }) => ({ signature, slot, failed: false }));
    },
    told: async (signature) => told.find((each) => each.signature === signature) ?? null,
  };
}

/** A run whose escrow our own transaction `ours` opened, as the worker has written it down. */
async function funded(): Promise<void> {
  const { pool } = studio;
  await pool.query(
    `insert into escrow (run_id, owner_id, plan_hash, address, terms, start, cap, settle_by, fees, rent, stands)
     values ($1, $2, $3, $4, $5, '{}', $6, now(), 0, 0, 'open')`,
    [RUN, eve, PLAN, ESCROW, canonicalJson(terms), String(CAP)],
  );
  await pool.query(
    `insert into chain_intent (id, run_id, kind, asked_by, body, stands) values ($1, $2, 'open', 'payer', '{}', 'confirmed')`,
    [`${RUN}/chain/open.1`, RUN],
  );
  await pool.query(
    `insert into chain_attempt (intent_id, number, signature, bytes, blockhash, last_valid) values ($1, 1, 'ours', '', '', 0)`,
    [`${RUN}/chain/open.1`],
  );
  await inTransaction(pool, async (client) => {
    await mirrorOpening(client, { run: RUN, owner: eve, terms });
    return { keep: true, answer: null };
  });
}

const stands = async () =>
  (await studio.pool.query("select stands from escrow where run_id = $1", [RUN])).rows[0]?.stands;
const purse = async () =>
  (await studio.pool.query("select balance from ledger_account where id = $1", [`escrow:${RUN}`])).rows[0]?.balance;

async function read(history: History): Promise<RunId[]> {
  const heard: RunId[] = [];
  await readOn({
    ...{ pool: studio.pool, history, program: PROGRAM },
    settled: async (_, run) => void heard.push(run),
  });
  return heard;
}

test("what a payer settled and closed at the address before our own opening says nothing of the run's escrow", async () => {
  await funded();
  const before = [
    ["theirs", opened],
    ["their-settlement", settled],
    ["their-closing", closed],
  ] as const;
  expect(await read(historyOf(...before, ["ours", opened]))).toEqual([]);
  expect(await stands()).toBe("open");
  expect(await purse()).toBe(String(CAP));
  expect((await studio.pool.query("select kind from chain_event order by slot")).rows).toHaveLength(4); // read, and kept
});

test("what comes after our own opening counts, and only that: the one before it paid nobody of this run", async () => {
  await funded();
  const history = historyOf(
    ["theirs", opened],
    ["their-settlement", settled],
    ["their-closing", closed],
    ["ours", opened],
    ["ended", closed],
  );
  await studio.pool.query(
    "insert into ledger_account (id, owner, purpose, currency) values ($1, $2, 'held', 'usdc_base')",
    [`held:${RUN}/reserve`, eve],
  );
  await studio.pool.query("insert into ledger_operation (id, kind, body, answer) values ('c', 'capture', '{}', '{}')");
  await studio.pool.query(
    `insert into ledger_transfer (operation, leg, debit, credit, currency, amount) values ('c', 0, $1, 'main:acme:usdc_base', 'usdc_base', 10000)`,
    [`held:${RUN}/reserve`],
  );
  await studio.pool.query("update ledger_account set balance = 10000 where id = 'main:acme:usdc_base'");
  await studio.pool.query("update ledger_account set balance = balance - 10000 where id = $1", [`escrow:${RUN}`]);
  expect(await read(history)).toEqual([]);
  expect(await stands()).toBe("closed");
  const { rows } = await studio.pool.query(
    "select debit, credit, amount from ledger_transfer where operation = $1 order by leg",
    [`${RUN}/chain/closed`],
  );
  expect(rows).toEqual([
    { debit: "main:acme:usdc_base", credit: `escrow:${RUN}`, amount: "10000" },
    { debit: `escrow:${RUN}`, credit: "source:usdc_base", amount: "30000" },
  ]);
});

test("a settlement after our own opening is told of, and a closing empties the purse", async () => {
  await funded();
  expect(await read(historyOf(["ours", opened], ["s", settled], ["c", closed]))).toEqual([RUN]);
  expect(await stands()).toBe("closed");
  expect(await purse()).toBe("0");
});

test("so much history is read at once, and what failed is nobody asked for", async () => {
  await funded();
  const whole = historyOf(["ours", opened], ...Array.from({ length: 120 }, (_, at) => [`other-${at}`] as const), [
    "c",
    closed,
  ]);
  const isFailed = (signature: string) => /^other-\d*5$/.test(signature);
  const asked: string[] = [];
  const history: History = {
    async signatures(page) {
      return (await whole.signatures(page)).map((each) => ({ ...each, failed: isFailed(each.signature) }));
    },
    async told(signature) {
      asked.push(signature);
      return whole.told(signature);
    },
  };
  const options = { pool: studio.pool, history, program: PROGRAM };
  expect([await readOn(options), await readOn(options), await readOn(options), await readOn(options)]).toEqual([
    50, 50, 22, 0,
  ]);
  expect(asked.filter(isFailed)).toEqual([]);
  expect(asked).toHaveLength(122 - 12);
  expect(await stands()).toBe("closed");
});
