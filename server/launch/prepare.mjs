import { existsSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "./command.mjs";
import { diskFull, Refusal, saysDiskFull } from "./refusal.mjs";
import { digestOf, ROOT, stamp } from "./tree.mjs";

/**
 * Generates the database client, only when the schema is another one.
 *
 * @returns {Promise<"generated" | "unchanged">}
 */
export async function prepare() {
  const digest = digestOf(["prisma/schema.prisma", "package-lock.json", "prisma.config.ts"]);
  const last = stamp("prepare");
  if (last.is(digest) && existsSync(join(ROOT, "generated", "prisma"))) return "unchanged";
  const { ok, said } = await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"]);
  if (saysDiskFull(said)) throw diskFull("generating the database client");
  if (!ok) throw new Refusal(`prisma generate failed:\n${lastLines(said)}`);
  last.set(digest);
  return "generated";
}
