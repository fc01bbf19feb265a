import { type AccountId, type Digest, FlowId, RunId } from "@/flows/basics/ids";
import { type Currency, type Money, money } from "@/flows/basics/money";
import { sha256Hex } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { fromStored, toStored } from "@/flows/plan/stored";
import type { ReceiptFile } from "@/flows/receipts/receipt-file";
import type { RunEvent, Terms } from "@/flows/run/events";
import type { Outcome } from "@/flows/run/state";
import type { RunStatus } from "@/flows/run/status";
import type { PrismaClient, Run } from "@/generated/prisma/client";

export type RunInList = {
  id: RunId;
  flow: FlowId;
  flowName: string;
  flowVersion: number;
  /** A person, the kind of the trigger, or a call of the flow as an agent. */
  startedBy: StartedBy;
  plan: Digest;
  status: RunStatus;
  budget: Money;
  spent: Money;
  outcome: Outcome | null;
  /** Set when the run stopped at a fault of ours, and stands still until somebody has looked. */
  fault: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  seq: number;
};

export type UnderWay = { working: number; waiting: number };
export type StartedBy = "person" | "schedule" | "webhook" | "event" | "agent";
export type QueuedRun = { terms: Terms; plan: Plan; flow: FlowId; atMs: number } & Pick<
  RunInList,
  "flowName" | "flowVersion" | "startedBy"
>;
export type JournalEntry = { seq: number; event: RunEvent };

export type RunsRepo = {
  /** Queues a run once per id. False when the id is taken already. */
  queue(run: QueuedRun): Promise<boolean>;
  list(owner: AccountId, page: { flow?: FlowId; before?: Date; take: number }): Promise<RunInList[]>;
  find(owner: AccountId, id: RunId): Promise<RunInList | null>;
  plan(hash: Digest): Promise<Plan | null>;
  /** What the latest ended runs of a plan spent, the last one first. */
  spentBy(owner: AccountId, plan: Digest, take: number): Promise<Money[]>;
  /** How many runs an owner has that are not over: at work, and waiting for people or time. Counts so far and no further. */
  underWay(owner: AccountId, countTo: UnderWay): Promise<UnderWay>;
  /** Takes a run up again that stopped at a fault of ours. False when none of this owner's has. */
  retry(owner: AccountId, id: RunId): Promise<boolean>;
  events(id: RunId, after: number): Promise<JournalEntry[]>;
  receipts(id: RunId): Promise<Pick<ReceiptFile, "receipts" | "keys" | "settlement" | "proofs">>;
};

/**
 * `freshAbove`: above what a yes to a question of its runs takes something fresh, from their start on; null where the studio
 * asks for nothing. There is no default: whoever forgot it would have every yes given by a click. [R54]
 */
export function runsRepo(db: PrismaClient, { freshAbove }: { freshAbove: Money | null }): RunsRepo {
  const asked = freshAbove ? { freshAbove } : {};
  return {
    queue: (run) => queue(db, { ...run, terms: { ...run.terms, ...asked } }),
    async list(ownerId, { flow, before, take }) {
      const where = { ownerId, ...(flow ? { flowId: flow } : {}), ...(before ? { createdAt: { lt: before } } : {}) };
      const rows = await db.run.findMany({ where, orderBy: { createdAt: "desc" }, take });
      return rows.map(inList);
    },
    async find(ownerId, id) {
      const row = await db.run.findFirst({ where: { id, ownerId } });
      return row ? inList(row) : null;
    },
    async plan(hash) {
      const row = await db.plan.findUnique({ where: { hash } });
      return row ? fromStored<Plan>(row.body) : null;
    },
    async spentBy(ownerId, planHash, take) {
      const rows = await db.run.findMany({
        where: { ownerId, planHash, finishedAt: { not: null } },
        orderBy: { createdAt: "desc" },
        select: { currency: true, spent: true },
        take,
      });
      return rows.map(({ currency, spent }) => money(currency as Currency, spent));
    },
    async underWay(ownerId, { working, waiting }) {
      const [row] = await db.$queryRaw<UnderWay[]>`
        select (select count(*) from (
                 select 1 from run where owner_id = ${ownerId} and finished_at is null
                    and status in ('queued', 'running', 'unknown') limit ${working}) w)::int as working,
               (select count(*) from (
                 select 1 from run where owner_id = ${ownerId} and finished_at is null
                    and status in ('waiting', 'paused') limit ${waiting}) w)::int as waiting`;
      return row ?? { working, waiting };
    },
    async retry(ownerId, id) {
      const rows = await db.$queryRaw<{ run: string }[]>`
        with again as (
          update run set fault = null, faulted_at = null, fault_seen_at = null, fault_seen_by = null, wake_at = now()
           where id = ${id} and owner_id = ${ownerId} and fault is not null returning id
        )
        select id as run, pg_notify('run_mail', id)::text from again`;
      return rows.length > 0;
    },
    async events(runId, after) {
      const rows = await db.runEvent.findMany({ where: { runId, seq: { gt: after } }, orderBy: { seq: "asc" } });
      return rows.map(({ seq, event }) => ({ seq, event: fromStored<RunEvent>(event) }));
    },
    async receipts(runId) {
      const proofs = await proofsOf(db, runId);
      const rows = await db.receipt.findMany({ where: { runId }, orderBy: { place: "asc" } });
      const settled = await db.settlement.findUnique({
        where: { runId },
        select: { body: true, hash: true, signature: true, keyId: true },
      });
      const used = new Set([...rows, ...(settled ? [settled] : [])].map((row) => row.keyId));
      const keys = await db.receiptKey.findMany({ where: { id: { in: [...used] } } });
      return {
        receipts: rows.map(({ place, body, hash, signature, keyId }) => ({
          place,
          body,
          hash: hash as Digest,
          signature,
          keyId,
        })),
        keys: Object.fromEntries(keys.map(({ id, publicKey }) => [id, publicKey])),
        ...(settled ? { settlement: { ...settled, hash: settled.hash as Digest } } : {}),
        ...shownIn(
          rows.map(({ body }) => body),
          proofs,
        ),
      };
    },
  };
}

/** What people signed for their votes, in the order in which they gave them. */
async function proofsOf(db: PrismaClient, runId: RunId): Promise<string[]> {
  const rows = await db.questionVote.findMany({
    where: { question: { runId }, proof: { not: null } },
    orderBy: [{ at: "asc" }, { person: "asc" }],
    select: { proof: true },
  });
  return rows.flatMap(({ proof }) => proof ?? []);
}

/** Of a vote that never came to count nothing is shown: no receipt names it. */
function shownIn(bodies: readonly string[], proofs: readonly string[]): Pick<ReceiptFile, "proofs"> {
  const named = proofs.filter((proof) => {
    const digest = sha256Hex(proof);
    return bodies.some((body) => body.includes(digest));
  });
  return named.length > 0 ? { proofs: named } : {};
}

/** The run, its plan and the letter that starts it are one transaction: there is no run that nobody will start. */
async function queue(
  db: PrismaClient,
  { terms, plan, flow, flowName, flowVersion, startedBy, atMs }: QueuedRun,
): Promise<boolean> {
  const { run, payer, budget, plan: planHash } = terms;
  const event: RunEvent = { type: "run_started", atMs, ...terms };
  return db.$transaction(async (tx) => {
    await tx.plan.createMany({ data: [{ hash: planHash, body: toStored(plan) }], skipDuplicates: true });
    const { currency, amount } = budget;
    const of = { ownerId: payer, flowId: flow, flowName, flowVersion, startedBy };
    const row = { id: run, ...of, planHash, currency, budget: amount };
    const { count } = await tx.run.createMany({ data: [{ ...row, wakeAt: new Date(atMs) }], skipDuplicates: true });
    if (count === 0) return false;
    // The database's own clock stamps it, as it stamps every later letter: mail keeps its order.
    await tx.$executeRaw`insert into run_inbox (run_id, key, event) values (${run}, 'start', ${toStored(event)})`;
    await tx.$executeRaw`update run set wake_at = now() where id = ${run}`;
    await tx.$executeRaw`select pg_notify('run_mail', ${run})`;
    return true;
  });
}

function inList(row: Run): RunInList {
  const currency = row.currency as Currency;
  const { flowName, flowVersion, fault, createdAt, finishedAt, seq } = row;
  return {
    id: RunId.parse(row.id),
    flow: FlowId.parse(row.flowId),
    plan: row.planHash as Digest,
    status: row.status as RunStatus,
    startedBy: row.startedBy as StartedBy,
    budget: money(currency, row.budget),
    spent: money(currency, row.spent),
    outcome: row.outcome ? fromStored<Outcome>(row.outcome) : null,
    ...{ flowName, flowVersion, fault, createdAt, finishedAt, seq },
  };
}
