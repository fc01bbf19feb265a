// The peer under the same load, in a process of its own: dbos-load.mjs DATABASE_URL FOLDER_OF_ITS_PACKAGE
import { createRequire } from "node:module";
import { join } from "node:path";

const [databaseUrl = "", folder = ""] = process.argv.slice(2);
const { DBOS } = createRequire(join(folder, "package.json"))("@dbos-inc/dbos-sdk");

DBOS.setConfig({ name: "bench", systemDatabaseUrl: databaseUrl, systemDatabasePoolSize: 12, logLevel: "error" });
const inARow = DBOS.registerWorkflow(
  async (/** @type {number} */ steps) => {
    for (let step = 0; step < steps; step++) await DBOS.runStep(async () => ({ text: "done" }), { name: `s${step}` });
  },
  { name: "inARow" },
);
await DBOS.launch();

/** @param {{ runs: number, atOnce: number, steps: number }} ask */
async function load({ runs, atOnce, steps }) {
  /** @type {number[]} */
  const msPerStep = [];
  let left = runs;
  const began = performance.now();
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const from = performance.now();
      await inARow(steps);
      msPerStep.push((performance.now() - from) / steps);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { stepsPerSecond: (runs * steps * 1_000) / (performance.now() - began), msPerStep };
}

process.on("message", (/** @type {any} */ ask) => {
  void load(ask).then((figures) => process.send?.({ figures, rssMb: process.memoryUsage.rss() / 1_000_000 }));
});
process.on("disconnect", () => void DBOS.shutdown().then(() => process.exit(0)));
process.send?.({ ready: true });
