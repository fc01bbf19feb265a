import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/generated/prisma/client";

const kept = globalThis as unknown as { studioDb?: PrismaClient };

/**
 * One client per process, kept on globalThis so that a hot reload does not open a pool per edit. It is made at the
 * first query and not before: a build evaluates this module where there is no database.
 */
export function openDb(databaseUrl: string): PrismaClient {
  kept.studioDb ??= new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 8 }) });
  return kept.studioDb;
}
