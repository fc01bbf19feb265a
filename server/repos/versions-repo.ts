import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";
import type { Manifest } from "@/flows/plan/manifest";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";
import { manifestOf } from "./registry-repo";

export type VersionState = "draft" | "pending_review" | "approved" | "active" | "deprecated" | "suspended";

/** One version as its publisher and its reviewers see it. */
export type Version = {
  manifest: Manifest;
  state: VersionState;
  owner: AccountId | null;
  address: string;
  example: unknown;
  protocol: string;
  conformance: string | null;
  hidden: string | null;
  reason: string | null;
  stateAt: Date;
};

/** A version that is handed in. `declared` is the manifest as it is written down. */
export type Submission = {
  agent: AgentId;
  declared: object;
  digest: Digest;
  owner: AccountId;
  address: string;
  example: object;
  conformance: string;
  protocol: string;
};

/** As everybody sees it: `problem` is the name of the check that failed, without what was heard, and at which address. */
export type Probe = { problem: string | null; ms: number; at: Date };

export type VersionsRepo = {
  find(agent: AgentId): Promise<Version | null>;
  /** The newest of an agent that was ever open to all or is about to be, the one in question left out. */
  newest(name: string, except: AgentId): Promise<Version | null>;
  ofOwner(owner: AccountId): Promise<Version[]>;
  pending(): Promise<Version[]>;
  /** False when the version is there and is no draft of this owner. */
  submit(submission: Submission): Promise<boolean>;
  /** False when it is not at `from` any more, or declares something else by now, or was let in by another trial. */
  move(move: {
    agent: AgentId;
    digest: Digest;
    conformance: string | null;
    from: VersionState;
    to: VersionState;
    reason: string | null;
  }): Promise<boolean>;
  /** Lets an agent be seen again that our probes have hidden. */
  unhide(agent: AgentId): Promise<boolean>;
  probes(agent: AgentId): Promise<Probe[]>;
  /** What calls of an owner's agents paid, in all and lately. Units: microcredits. */
  earned(owner: AccountId): Promise<{ all: bigint; calls: number; lastThirtyDays: bigint }>;
};

const OPEN = ["approved", "active", "deprecated", "suspended"];

export function versionsRepo(db: PrismaClient): VersionsRepo {
  return {
    async find(agent) {
      const row = await db.agentVersion.findUnique({ where: { agent } });
      return row ? versionOf(row) : null;
    },
    async newest(name, except) {
      const rows = await db.$queryRaw<{ agent: string }[]>`
        select agent from agent_version
         where split_part(agent, '@', 1) = ${name} and agent <> ${except} and state = any(${OPEN})
         order by agent_version_place(agent) desc limit 1`;
      const [row] = rows;
      return row ? versionOf(await db.agentVersion.findUniqueOrThrow({ where: row })) : null;
    },
    async ofOwner(ownerId) {
      const rows = await db.agentVersion.findMany({ where: { ownerId }, orderBy: { stateAt: "desc" }, take: 500 });
      return rows.map(versionOf);
    },
    async pending() {
      const where = { OR: [{ state: "pending_review" }, { hidden: { not: null } }] };
      const rows = await db.agentVersion.findMany({ where, orderBy: { stateAt: "asc" }, take: 200 });
      return rows.map(versionOf);
    },
    async submit({ agent, declared, digest, owner, address, example, conformance, protocol }) {
      const data = {
        ...{
          manifest: declared as Prisma.InputJsonObject,
          digest,
          payee: owner,
          publisher: "outside",
          origin: address,
        },
        ...{ state: "pending_review", protocol, ownerId: owner, example: example as Prisma.InputJsonObject },
        ...{ conformanceId: conformance, reason: null, hidden: null, stateAt: new Date() },
      };
      const made = await db.agentVersion.createMany({ data: [{ agent, ...data }], skipDuplicates: true });
      if (made.count === 1) return true;
      const { count } = await db.agentVersion.updateMany({ where: { agent, ownerId: owner, state: "draft" }, data });
      return count === 1;
    },
    async move({ agent, digest, conformance, from, to, reason }) {
      const probeAt = to === "active" ? new Date() : null;
      const [{ count }] = await db.$transaction([
        db.agentVersion.updateMany({
          where: { agent, digest, conformanceId: conformance, state: from },
          data: { state: to, reason, stateAt: new Date(), probeAt },
        }),
        db.$executeRaw`select pg_notify('trigger_due', '')`, // whoever carries trials out looks at what is listed now
      ]);
      return count === 1;
    },
    async unhide(agent) {
      const { count } = await db.agentVersion.updateMany({
        where: { agent, hidden: { not: null } },
        data: { hidden: null, probeAt: new Date() },
      });
      return count === 1;
    },
    async probes(agent) {
      const select = { problem: true, ms: true, at: true };
      const rows = await db.agentProbe.findMany({ where: { agent }, select, orderBy: { id: "desc" }, take: 50 });
      return rows.map(({ problem, ...row }) => ({ ...row, problem: problem?.replace(/: .*$/s, "") ?? null }));
    },
    async earned(owner) {
      const account = `main:${owner}:microcredits`;
      const [row] = await db.$queryRaw<{ all: string; calls: number; lately: string }[]>`
        select coalesce(sum(t.amount), 0)::text as all, count(*)::int as calls,
               coalesce(sum(t.amount) filter (where t.created_at > now() - interval '30 days'), 0)::text as lately
          from ledger_transfer t join ledger_operation o on o.id = t.operation
         where t.credit = ${account} and o.kind = 'capture'`;
      return { all: BigInt(row?.all ?? 0), calls: row?.calls ?? 0, lastThirtyDays: BigInt(row?.lately ?? 0) };
    },
  };
}

type Row = Awaited<ReturnType<PrismaClient["agentVersion"]["findUniqueOrThrow"]>>;

function versionOf(row: Row): Version {
  return {
    manifest: manifestOf(row),
    state: row.state as VersionState, // the table's own constraint
    ...{ owner: row.ownerId as AccountId | null, address: row.origin, example: row.example, protocol: row.protocol },
    ...{ conformance: row.conformanceId, hidden: row.hidden, reason: row.reason, stateAt: row.stateAt },
  };
}
