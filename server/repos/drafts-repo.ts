import type { AccountId, Digest } from "@/flows/basics/ids";
import { ManifestForm } from "@/flows/types/manifest-form";
import type { PrismaClient } from "@/generated/prisma/client";

export type Draft = { id: string; form: ManifestForm; revision: number; updatedAt: Date };
export type CheckRow = { name: string; result: "passed" | "failed" | "left_out"; words: string; ms: number };
/** One trial of a declaration. `digest` names what was put to it, the address and the example included. */
export type TrialRun = {
  id: string;
  digest: Digest;
  state: "queued" | "passed" | "failed";
  at: Date;
  checks: CheckRow[];
};
/** What a trial is about, as it is kept: the manifest's price as it is written, and so plain JSON. */
export type TrialAsk = { manifest: object; address: string; example: object };

export type DraftsRepo = {
  list(owner: AccountId): Promise<Draft[]>;
  find(owner: AccountId, id: string): Promise<Draft | null>;
  create(owner: AccountId, draft: { id: string; form: ManifestForm }): Promise<void>;
  /** The new revision; null when the draft is not at this one any more. */
  save(owner: AccountId, draft: { id: string; revision: number; form: ManifestForm }): Promise<number | null>;
  remove(owner: AccountId, id: string): Promise<boolean>;
  /** Puts a declaration to the test. Nothing is called by this: whoever carries trials out is told. */
  startTrial(trial: { id: string; draft: string; owner: AccountId; digest: Digest; ask: TrialAsk }): Promise<void>;
  latestTrial(draft: string): Promise<TrialRun | null>;
  trial(id: string): Promise<TrialRun | null>;
};

const MOST = 200;

export function draftsRepo(db: PrismaClient): DraftsRepo {
  const select = { id: true, form: true, revision: true, updatedAt: true } as const;
  const draftOf = ({ form, ...row }: { id: string; form: unknown; revision: number; updatedAt: Date }): Draft => ({
    ...row,
    form: ManifestForm.parse(form),
  });
  const include = { checks: { orderBy: { place: "asc" } } } as const;
  return {
    async list(ownerId) {
      const where = { ownerId, removedAt: null };
      const rows = await db.agentDraft.findMany({ where, select, orderBy: { updatedAt: "desc" }, take: MOST });
      return rows.map(draftOf);
    },
    async find(ownerId, id) {
      const row = await db.agentDraft.findFirst({ where: { id, ownerId, removedAt: null }, select });
      return row ? draftOf(row) : null;
    },
    async create(ownerId, { id, form }) {
      await db.agentDraft.create({ data: { id, ownerId, form } });
    },
    async save(ownerId, { id, revision, form }) {
      const { count } = await db.agentDraft.updateMany({
        where: { id, ownerId, revision, removedAt: null },
        data: { form, revision: revision + 1, updatedAt: new Date() },
      });
      return count === 1 ? revision + 1 : null;
    },
    async remove(ownerId, id) {
      const where = { id, ownerId, removedAt: null };
      const { count } = await db.agentDraft.updateMany({ where, data: { removedAt: new Date() } });
      return count === 1;
    },
    async startTrial({ id, draft, owner, digest, ask }) {
      const data = { id, draftId: draft, ownerId: owner, digest, declared: ask };
      await db.$transaction([
        db.conformanceRun.create({ data }),
        db.$executeRaw`select pg_notify('trigger_due', '')`, // the one bell that a worker hears for what is due
      ]);
    },
    async latestTrial(draftId) {
      const row = await db.conformanceRun.findFirst({ where: { draftId }, orderBy: { createdAt: "desc" }, include });
      return row ? trialOf(row) : null;
    },
    async trial(id) {
      const row = await db.conformanceRun.findUnique({ where: { id }, include });
      return row ? trialOf(row) : null;
    },
  };
}

type TrialRow = { id: string; digest: string; state: string; createdAt: Date };
type Checks = { name: string; result: string; words: string; ms: number }[];

function trialOf({ id, digest, state, createdAt, checks }: TrialRow & { checks: Checks }): TrialRun {
  return {
    ...{ id, digest: digest as Digest, at: createdAt },
    state: state as TrialRun["state"], // the table's own constraint
    checks: checks.map(({ name, result, words, ms }) => ({ name, words, ms, result: result as CheckRow["result"] })),
  };
}
