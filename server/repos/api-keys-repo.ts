import { AccountId, type Digest } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";

/** What a key may do in its owner's name. */
const SCOPES = ["approvals:read", "approvals:decide"] as const;
export type Scope = (typeof SCOPES)[number];

export type ApiKey = {
  id: string;
  name: string;
  scopes: readonly Scope[];
  createdAt: Date;
  until: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
};

export type ApiKeysRepo = {
  list(owner: AccountId): Promise<ApiKey[]>;
  create(owner: AccountId, key: Pick<ApiKey, "id" | "name" | "scopes" | "until"> & { digest: Digest }): Promise<void>;
  revoke(owner: AccountId, id: string): Promise<boolean>;
  /** Whose key this is and what it may do, while it holds; null for any other. Notes that it was used. */
  holder(id: string, digest: Digest): Promise<{ owner: AccountId; scopes: readonly Scope[] } | null>;
};

export function apiKeysRepo(db: PrismaClient): ApiKeysRepo {
  const known = (scopes: readonly string[]) => SCOPES.filter((scope) => scopes.includes(scope));
  return {
    async list(owner) {
      const rows = await db.apiKey.findMany({ where: { ownerId: owner }, orderBy: { createdAt: "desc" }, take: 100 });
      return rows.map(({ id, name, scopes, createdAt, until, usedAt, revokedAt }) => ({
        ...{ id, name, createdAt, until, usedAt, revokedAt },
        scopes: known(scopes),
      }));
    },
    async create(owner, { id, name, scopes, until, digest }) {
      await db.apiKey.create({ data: { id, ownerId: owner, name, scopes: [...scopes], until, digest } });
    },
    async revoke(owner, id) {
      const revoked = { where: { id, ownerId: owner, revokedAt: null }, data: { revokedAt: new Date() } };
      return (await db.apiKey.updateMany(revoked)).count === 1;
    },
    async holder(id, digest) {
      const now = new Date();
      const held = { id, digest, revokedAt: null, until: { gt: now } };
      const { count } = await db.apiKey.updateMany({ where: held, data: { usedAt: now } });
      const row = count === 1 ? await db.apiKey.findUnique({ where: { id } }) : null;
      return row ? { owner: AccountId.parse(row.ownerId), scopes: known(row.scopes) } : null;
    },
  };
}
