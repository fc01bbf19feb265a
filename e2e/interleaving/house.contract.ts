import type { Pool } from "pg";
import type { OperationId, RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import { ledgerCredits } from "@/server/adapters/credits/ledger";
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

export type HouseOptions = { pool: Pool; gates: Gates; outside: Outside; ledger: boolean };

/** Workers on one database, and the people around them. What passes between them waits at gates. */
export function openHouse({ pool, gates, outside, ledger }: HouseOptions) {
  const studio: Rig = rig(pool);
  const workers: Worker[] = [];
  /** Notices that are on their way. */
  const notices: { to: Worker; run: string }[] = [];
  const runs: RunId[] = [];
  let hired = 0;

  const house = {
    studio,
    workers,
    notices,
    runs,
    outside,
    /** What a person has answered, or decided not to. */
    settled: new Set<string>(),

    /** A worker that starts, and lasts until it is killed or stopped. */
    async hire(onCommit?: (commit: { when: "before" | "after" }) => void): Promise<Worker> {
      hired += 1;
      const who = `w${hired}`;
      const gated = gatedPool(pool, gates, who);
      const ears = deafPool(gated.pool);
      const credits = ledger ? ledgerCredits(gated.pool) : outside.credits;
      const ports = gatedPorts({ ...outside, credits }, { gates, who, pool: gated.pool });
      const driver = await studio.drive(ports, {
        pool: ears.pool,
        onCommit: async (commit) => {
          onCommit?.(commit);
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
      severs.set(worker, gated.sever);
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

    async start(plan: Plan, id: string, given: Parameters<Rig["start"]>[2] = {}): Promise<RunId> {
      const input = { items: ["a", "b", "c"], n: 7, text: "in", ...(given.given as object) };
      await outside.values.put(input);
      const run = await studio.start(plan, id, { ...given, given: input });
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

    /** What waits for a person now: questions, and calls of which nobody knows what became of them. */
    async matters(): Promise<Matter[]> {
      const { rows } = await pool.query<Matter>({
        name: "matters",
        text: `select run_id as run, operation, subject from question where state = 'open' and run_id = any($1)
               union all
               select run_id, operation, null from run_outbox where kind = 'ask_what_happened' and run_id = any($1)
               order by operation`,
        values: [runs],
      });
      return rows;
    },

    async answer({ run, operation, subject }: Matter, answer: "approved" | "denied", key = ""): Promise<void> {
      const event = subject
        ? { type: "approval_answered", operation, by: eve, answer, subject }
        : { type: "outcome_told", operation, by: eve, delivered: null };
      await house.mail(run, `answer ${operation}${key}`, event);
    },

    /** Ends the lease of a run as time would, if somebody has one. */
    async expire(run: RunId): Promise<void> {
      await pool.query("update run set lease_until = now() - interval '1 ms' where id = $1 and lease_until > now()", [
        run,
      ]);
      house.announce("");
    },

    /** Whether every run has come to its end, and nobody holds or wants one of them. */
    async isOver(): Promise<boolean> {
      const { rows } = await pool.query<{ left: number }>({
        name: "is_over",
        text: `select count(*)::int as left from run where id = any($1) and fault is null
                and (finished_at is null or lease_until is not null or wake_at is not null)`,
        values: [runs],
      });
      return rows[0]?.left === 0;
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
