import type { Pool } from "pg";
import { type Digest, type OperationId, RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { toStored } from "@/flows/plan/stored";
import { ledgerCredits } from "@/server/adapters/credits/ledger";
import type { Limits } from "@/server/drivers/postgres/carrying-out";
import type { Driver } from "@/server/drivers/postgres/driver";
import { eve, type Rig, rig } from "@/server/drivers/postgres/rig.contract";
import { deafPool, gatedPool } from "./gated-pool.contract";
import type { Gates } from "./gates.contract";
import { gatedPorts, type Outside } from "./outside.contract";

export type Worker = {
  name: string;
  driver: Driver;
  /** Its time stands still: what it waits for has come and it does not see it. */
  frozen: boolean;
  leaving: Promise<void> | null;
  tell(run: string): void;
  loseEar(): void;
};

/** What a person has before them. */
export type Matter = { run: RunId; operation: OperationId; subject: string | null };

const KEEP_PLAN = "insert into plan (hash, body) values ($1, $2) on conflict do nothing";
const START_RUN = `
  with letter as (insert into run_inbox (run_id, key, event) values ($1, 'start', $4))
  insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, wake_at)
  values ($1, 'eve', 'f', 1, 'Flow', $2, 'microcredits', $3, now())`;
const LOOK = `
  select (select count(*)::int from run where id = any($1) and fault is null
           and (finished_at is null or lease_until is not null or wake_at is not null)) as left,
    (select count(*)::int from run r where id = any($1) and fault is null and lease_until is null
        and (wake_at is null or wake_at > now()) and exists (select 1 from run_inbox where run_id = r.id)) as unread,
    (select json_agg(json_build_object('run', run_id, 'operation', operation, 'subject', subject) order by operation)
       from (select run_id, operation, subject from question where state = 'open' and run_id = any($1)
             union all
             select run_id, operation, null from run_outbox where kind = 'ask_what_happened' and run_id = any($1)
            ) open) as matters`;

type Look = { left: number; unread: number; matters: readonly Matter[] | null };

/** What every run is given. */
export const GIVEN = { items: ["a", "b", "c"], n: 7, text: "in" };
const shelves = new WeakMap<Pool, Set<Digest>>();

export type HouseOptions = {
  pool: Pool;
  gates: Gates;
  outside: Outside;
  ledger: Pool | null;
  limits?: Partial<Limits>;
};

/** Workers on one database, and the people around them. What passes between them waits at gates. */
export function openHouse({ pool, gates, outside, ledger, limits }: HouseOptions) {
  const studio: Rig = rig(pool);
  const workers: Worker[] = [];
  /** Notices that are on their way. */
  const notices: { to: Worker; run: string }[] = [];
  const runs: RunId[] = [];
  const known = shelves.get(pool) ?? new Set<Digest>();
  shelves.set(pool, known);
  let [hired, steered] = [0, 0];

  const house = {
    studio,
    workers,
    notices,
    runs,
    outside,
    ledger: ledger !== null,
    /** What a person has answered, or decided not to. */
    settled: new Set<string>(),
    /** Runs that were last told to pause. */
    paused: new Set<RunId>(),

    /** A worker that starts, and lasts until it is killed or stopped. */
    async hire(onCommit?: (commit: { when: "before" | "after" }) => void | Promise<void>): Promise<Worker> {
      hired += 1;
      const who = `w${hired}`;
      const gated = gatedPool(pool, gates, who);
      const ears = deafPool(gated.pool);
      const money = ledger && gatedPool(ledger, gates, who);
      const credits = money ? ledgerCredits(money.pool) : outside.credits;
      const ports = gatedPorts({ ...outside, credits }, { gates, who, pool: gated.pool });
      const driver = await studio.drive(ports, {
        pool: ears.pool,
        ...(limits ? { limits } : {}),
        onCommit: async (commit) => {
          await onCommit?.(commit);
          await gates.pass({ who, what: `commit ${commit.when}` });
        },
      });
      const worker: Worker = {
        name: who,
        driver,
        frozen: false,
        leaving: null,
        tell: ears.tell,
        loseEar: ears.lose,
      };
      severs.set(worker, () => money?.sever());
      workers.push(worker);
      return worker;
    },

    /** Nothing that it has begun ever goes on. */
    kill(worker: Worker): void {
      gates.bury(worker.name);
      severs.get(worker)?.();
      forget(worker);
    },

    /** It lets end what is under way, and is gone once `leaving` resolves. */
    dismiss(worker: Worker): void {
      worker.leaving = worker.driver.stop().then(() => forget(worker));
    },

    async start(plan: Plan, id: string, policy: Digest | null = null): Promise<RunId> {
      const [run, hash, input] = [RunId.parse(id), digestOf(plan), await outside.values.put(GIVEN)];
      const budget = money("microcredits", plan.bound[0]?.amount ?? 0n);
      const event = { type: "run_started", run, plan: hash, payer: eve, budget, input, policy };
      const kept = { name: "keep_plan", text: KEEP_PLAN, values: [hash, toStored(plan)] };
      if (!known.has(hash)) await pool.query(kept);
      known.add(hash);
      const values = [run, hash, budget.amount.toString(), toStored(event)];
      await pool.query({ name: "start_run", text: START_RUN, values });
      runs.push(run);
      house.announce(run);
      return run;
    },

    async mail(run: RunId, key: string, event: object): Promise<void> {
      if (await studio.mail(run, key, event)) house.announce(run);
    },

    announce(run: string): void {
      for (const to of workers) notices.push({ to, run });
    },

    /**
     * Whether every run has come to its end and nobody holds or wants one of them; and what waits for a person:
     * questions, and calls of which nobody knows what became of them.
     * Errors: throws when there is mail for a run that nobody holds and nobody would take up to read it.
     */
    async look(): Promise<{ over: boolean; matters: readonly Matter[] }> {
      const { rows } = await pool.query<Look>({ name: "look", text: LOOK, values: [runs] });
      const { left = 0, unread = 0, matters = null } = rows[0] ?? {};
      if (unread > 0) throw new Error("there is mail that nobody will read");
      return { over: left === 0, matters: matters ?? [] };
    },

    async answer({ run, operation, subject }: Matter, answer: "approved" | "denied", key = ""): Promise<void> {
      const event = subject
        ? { type: "approval_answered", operation, by: eve, answer, subject }
        : { type: "outcome_told", operation, by: eve, delivered: null };
      await house.mail(run, `answer ${operation}${key}`, event);
    },

    /** Pauses a run, or lets it go on. */
    async steer(run: RunId, type: "pause_asked" | "resume_asked"): Promise<void> {
      steered += 1;
      if (type === "pause_asked") house.paused.add(run);
      else house.paused.delete(run);
      await house.mail(run, `steer ${steered}`, { type, by: eve, ...(type === "resume_asked" ? { only: null } : {}) });
    },

    /** Ends the lease of a run as time would, if somebody has one. */
    async expire(run: RunId): Promise<void> {
      await pool.query("update run set lease_until = now() - interval '1 ms' where id = $1 and lease_until > now()", [
        run,
      ]);
      house.announce("");
    },
  };
  const severs = new Map<Worker, () => void>();

  function forget(worker: Worker): void {
    if (workers.includes(worker)) workers.splice(workers.indexOf(worker), 1);
    for (const notice of notices.filter(({ to }) => to === worker)) notices.splice(notices.indexOf(notice), 1);
  }

  return house;
}

export type House = ReturnType<typeof openHouse>;
