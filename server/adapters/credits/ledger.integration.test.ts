import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountId, OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { grant, openAccount } from "./grants";
import { ledgerCredits } from "./ledger";
import { balances, postings } from "./statement";

const ada = AccountId.parse("ada");
const acme = AccountId.parse("acme");
const operation = (id: string) => OperationId.parse(id);
const credits = (amount: number | bigint) => money("microcredits", BigInt(amount));

let cluster: Cluster;
let pool: Pool;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  pool = (await cluster.database()).pool;
  for (const owner of [ada, acme]) await openAccount(pool, owner, "microcredits");
  await grant(pool, { operation: operation("gift"), owner: ada, amount: credits(100_000) });
});

async function expectBalanced() {
  const { rows } = await pool.query(`
    select coalesce(sum(balance), 0)::text as total, min(balance) filter (where purpose <> 'source')::text as least,
           bool_and(balance = coalesce((select sum(amount) from ledger_transfer where credit = a.id), 0)
                            - coalesce((select sum(amount) from ledger_transfer where debit = a.id), 0)) as kept
      from ledger_account a`);
  expect(rows).toEqual([{ total: "0", least: "0", kept: true }]);
}

test("movements between the same people in all directions at once never wait for each other in a ring", async () => {
  const ledger = ledgerCredits(pool);
  await grant(pool, { operation: operation("gift2"), owner: acme, amount: credits(100_000) });
  const work = Array.from({ length: 200 }, async (_, each) => {
    const [payer, payee] = each % 2 === 0 ? [ada, acme] : [acme, ada];
    await ledger.reserve({ operation: operation(`r${each}`), payer, amount: credits(10) });
    const reservation = operation(`r${each}`);
    const twice = { operation: operation(`c${each}`), reservation, payee, amount: credits(4) };
    await Promise.all([ledger.capture(twice), ledger.capture(twice)]);
    return ledger.release({ operation: operation(`l${each}`), reservation });
  });
  for (const answer of await Promise.all(work)) expect(answer.ok).toBe(true);
  expect(await balances(pool, ada)).toMatchObject([{ free: credits(100_000), held: credits(0) }]);
  await expectBalanced();
});

test("reservations made at once never take more than there is", async () => {
  const ledger = ledgerCredits(pool);
  const asks = Array.from({ length: 40 }, (_, each) => ({
    operation: operation(`r${each}`),
    payer: ada,
    amount: credits(10_000),
  }));
  const answers = await Promise.all(asks.map((ask) => ledger.reserve(ask)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
  const codes = new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code])));
  expect([...codes]).toEqual(["funds_insufficient"]);
});

test("one operation sent at once with two bodies takes effect with one of them", async () => {
  const ledger = ledgerCredits(pool);
  const sent = await Promise.all(
    Array.from({ length: 10 }, (_, each) =>
      ledger.reserve({ operation: operation("r"), payer: ada, amount: credits(each % 2 === 0 ? 10 : 20) }),
    ),
  );
  const refused = sent.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
  expect(refused).toEqual(Array(5).fill("operation_reused"));
});

test("a gift is given once, and only to an account that is open", async () => {
  for (let sent = 0; sent < 2; sent++)
    expect(await grant(pool, { operation: operation("gift"), owner: ada, amount: credits(100_000) })).toMatchObject({
      ok: true,
    });
  expect(await balances(pool, ada)).toMatchObject([{ free: credits(100_000) }]);
  const stranger = grant(pool, { operation: operation("g3"), owner: AccountId.parse("bob"), amount: credits(1) });
  expect(await stranger).toMatchObject({ error: { code: "payee_ineligible" } });
});

test("a lost connection is an unknown outcome, and the same movement sent again tells which", async () => {
  const ledger = ledgerCredits(pool);
  await pool.query(`create function cut() returns trigger language plpgsql as $$ begin
    perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create constraint trigger cut after insert on ledger_transfer deferrable initially deferred for each row execute function cut()`);
  const ask = { operation: operation("r"), payer: ada, amount: credits(10) };
  expect(await ledger.reserve(ask)).toEqual({ ok: false, error: { code: "outcome_unknown" } });
  await pool.query("drop trigger cut on ledger_transfer");
  expect(await ledger.reserve(ask)).toMatchObject({ ok: true, value: { left: credits(99_990) } });
});

test("a statement shows each transfer once, signed, with the run it belongs to, page by page", async () => {
  const ledger = ledgerCredits(pool);
  await ledger.reserve({ operation: operation("run1/reserve"), payer: ada, amount: credits(50) });
  await ledger.capture({
    operation: operation("run1/a/capture"),
    reservation: operation("run1/reserve"),
    payee: acme,
    amount: credits(20),
  });
  expect(await balances(pool, ada)).toMatchObject([{ free: credits(99_950), held: credits(30) }]);
  await ledger.release({ operation: operation("run1/release"), reservation: operation("run1/reserve") });
  const lines = await postings(pool, ada, { limit: 10 });
  expect(lines.map(({ kind, run, amount, counterpart }) => ({ kind, run, amount, counterpart }))).toEqual([
    { kind: "release", run: "run1", amount: 30n, counterpart: "held:run1/reserve" },
    { kind: "capture", run: "run1", amount: -20n, counterpart: "main:acme:microcredits" },
    { kind: "reserve", run: "run1", amount: -50n, counterpart: "held:run1/reserve" },
    { kind: "grant", run: null, amount: 100_000n, counterpart: "source:microcredits" },
  ]);
  const [, second] = lines;
  const page = await postings(pool, ada, { limit: 1, ...(second ? { before: second.id } : {}) });
  expect(page.map(({ kind }) => kind)).toEqual(["reserve"]);
  expect(await postings(pool, acme, { limit: 10 })).toMatchObject([{ kind: "capture", amount: 20n }]);
});

test("what was written to the ledger cannot be changed, and no balance goes below zero", async () => {
  await expect(pool.query("update ledger_transfer set amount = 1")).rejects.toThrow("never change");
  await expect(pool.query("delete from ledger_operation")).rejects.toThrow("never change");
  await expect(pool.query("update ledger_account set balance = -1 where purpose = 'main'")).rejects.toThrow(
    "not_negative",
  );
});
