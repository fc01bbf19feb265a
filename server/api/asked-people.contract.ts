import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { AccountId, Approver, type RunId } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { type Agreement, SIMPLE } from "@/flows/plan/agreement";
import type { Plan } from "@/flows/plan/plan";
import { PrismaClient } from "@/generated/prisma/client";
import { postgresValues } from "@/server/adapters/values/postgres";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, type Rig, rig } from "@/server/drivers/postgres/rig.contract";
import { systemClock } from "../adapters/clock/system";
import { accountsRepo } from "../repos/accounts-repo";
import { apiKeysRepo } from "../repos/api-keys-repo";
import { approvalDesk } from "../repos/approval-desk";
import { delegationsRepo } from "../repos/delegations-repo";
import { flowsRepo } from "../repos/flows-repo";
import { organisationsRepo } from "../repos/organisations-repo";
import { questionsRepo } from "../repos/questions-repo";
import { runsRepo } from "../repos/runs-repo";
import type { Services } from "../services";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

export const [ann, bob, carol] = ["ann", "bob", "carol"].map((name) => AccountId.parse(name)) as [
  ...[AccountId, AccountId, AccountId],
];
export const finance = Approver.parse("@group:acme/finance");

/** People of an organisation, runs of a member that ask them, and the API as each of them has it. */
export function askedPeople() {
  let cluster: Cluster;
  let studio: Rig;
  let db: PrismaClient;
  let services: Services;
  const as = (id: AccountId) => createCallerFactory(appRouter)({ user: { id, way: "browser" }, services });
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());

  /** Eve starts runs; she founded acme, and Ann, Bob and Carol are in its finance. */
  beforeEach(async () => {
    const { url, pool } = await cluster.database();
    studio = rig(pool);
    await studio.open();
    for (const person of [ann, bob, carol]) await studio.person(person);
    db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
    services = {
      ...{ accounts: accountsRepo(db), apiKeys: apiKeysRepo(db), approvalDesk: approvalDesk(db), clock: systemClock() },
      ...{ delegations: delegationsRepo(db), ids: { fresh: () => randomUUID() }, questions: questionsRepo(db) },
      ...{
        organisations: organisationsRepo(db),
        runs: runsRepo(db, { freshAbove: null }),
        flows: flowsRepo(db),
        values: postgresValues(pool),
      },
    } as unknown as Services;
    await as(eve).organisations.found({ id: "acme", name: "Acme" });
    for (const person of [ann, bob, carol]) {
      await member(person, ["finance"]);
      await as(person).organisations.answerInvitation({ org: "acme", joins: true });
    }
  });
  afterEach(async () => {
    await studio.close();
    await db.$disconnect();
  });

  const member = (person: AccountId, groups: string[]) =>
    as(eve).organisations.change({ org: "acme", change: { person, roles: ["approver"], groups } });

  /** A question, and a paid call behind it. */
  function asking(agreement: Partial<Agreement>, approvers: readonly Approver[] = [finance]): Plan {
    const terms = { ...SIMPLE, starter: "barred", ...agreement } as const;
    return planOf([
      askStep("q", [], { approvers, agreement: terms }),
      callStep("work", [{ step: 0, port: "approved" }]),
    ]);
  }

  async function started(plan: Plan, given = { text: { amount: 10 } }): Promise<RunId> {
    const { ports } = studio.portsWith();
    await studio.drive(ports);
    const run = await studio.start(plan, randomUUID(), { given });
    await studio.until(run, ({ status }) => status !== "queued" && status !== "running");
    return run;
  }

  /** A run waits before its question has been put: that is a commit of its own. */
  function shown(person: AccountId, run: RunId) {
    return vi.waitFor(async () => {
      const found = (await as(person).approvals.list({ state: "open" })).find((each) => each.run === run);
      if (!found) throw new Error(`${person} is not asked`);
      return found;
    }, 40_000);
  }

  async function say(person: AccountId, run: RunId, word: "approved" | "denied" | "withdrawn" = "approved") {
    const { operation, subject } = await shown(person, run);
    return as(person).approvals.answer({ operation, subject, answer: word });
  }

  const receiptOf = async (run: RunId, step: string) => {
    const { rows } = await studio.pool.query("select body from receipt where run_id = $1 order by place", [run]);
    const bodies = rows.map(({ body }: { body: string }) => JSON.parse(body));
    return bodies.find((body) => body.step?.step === step)?.step;
  };
  const verified = async (run: RunId) => expect((await studio.audit(run)).verdict.failed).toEqual([]);

  return {
    as,
    member,
    asking,
    started,
    shown,
    say,
    receiptOf,
    verified,
    studio: () => studio,
    services: () => services,
  };
}
