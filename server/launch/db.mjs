// npm run db -- ARGUMENTS: Prisma's command line, on the database of DATABASE_URL or else on the studio's own.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { install } from "./install.mjs";
import { startPostgres } from "./postgres.mjs";
import { MADE, ROOT } from "./tree.mjs";

const data = join(MADE, "data");

await install();
const database = process.env.DATABASE_URL
  ? { url: process.env.DATABASE_URL, stop: async () => {} }
  : await ownDatabase();
const { status } = spawnSync(process.execPath, ["node_modules/prisma/build/index.js", ...process.argv.slice(2)], {
  cwd: ROOT,
  env: { ...process.env, DATABASE_URL: database.url },
  stdio: "inherit",
});
await database.stop();
process.exitCode = status ?? 1;

/** The studio's database as it runs; where none runs, it is started for this one command. */
async function ownDatabase() {
  const running = join(data, "postgres", "postmaster.pid");
  const passwordFile = join(data, "secrets", "postgres-password");
  if (existsSync(join(data, "studio.lock")) && existsSync(running)) {
    const port = readFileSync(running, "utf8").split("\n")[3];
    const url = `postgresql://studio:${readFileSync(passwordFile, "utf8")}@127.0.0.1:${port}/studio`;
    return { url, stop: async () => {} };
  }
  return startPostgres({ dir: join(data, "postgres"), secrets: join(data, "secrets") });
}
