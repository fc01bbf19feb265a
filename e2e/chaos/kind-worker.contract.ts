import { Pool } from "pg";
import type { Ports } from "@/flows/ports/ports";
import { simulateModels } from "@/flows/simulator/models";
import { simulateProgress } from "@/flows/simulator/progress";
import { postgresApprovals } from "@/server/adapters/approvals/postgres";
import { systemClock } from "@/server/adapters/clock/system";
import { ledgerCredits } from "@/server/adapters/credits/ledger";
import { postgresValues } from "@/server/adapters/values/postgres";
import { startDriver } from "@/server/drivers/postgres/driver";
import { key } from "@/server/drivers/postgres/rig.contract";

/**
 * A worker that waits until its parent says "work", and then at every journal write until it says "go". Its agents and
 * its policy are its parent's, who survives it and remembers what was asked.
 */
export type FromWorker =
  | { is: "ready" }
  | { is: "commit"; when: "before" | "after" }
  | { is: "ask"; port: "call" | "judge"; number: number; ask: unknown };
export type ToWorker = { is: "work" } | { is: "go" } | { is: "answer"; number: number; answer: unknown };

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 3 });
const asked = new Map<number, (answer: never) => void>();
let go = () => {};
let work = () => {};

const tell = (message: FromWorker) => void process.send?.(message);
process.on("disconnect", () => process.exit(1));
process.on("message", (message: ToWorker) => {
  if (message.is === "go") go();
  else if (message.is === "work") work();
  else asked.get(message.number)?.(message.answer as never);
});

function askParent<Ask, Answer>(port: "call" | "judge"): (ask: Ask) => Promise<Answer> {
  return (ask) =>
    new Promise((resolve) => {
      asked.set(asked.size, resolve);
      tell({ is: "ask", port, number: asked.size - 1, ask });
    });
}

const ports: Ports = {
  agents: { call: askParent("call") },
  models: simulateModels(new Map()),
  policy: { judge: askParent("judge") },
  approvals: postgresApprovals(pool),
  clock: systemClock(),
  credits: ledgerCredits(pool),
  progress: simulateProgress(),
  values: postgresValues(pool),
};

const told = new Promise<void>((resolve) => {
  work = resolve;
});
await pool.query("select 1");
tell({ is: "ready" });
await told;
await startDriver({
  pool,
  ports,
  key,
  log: (level, event, about) => void (level === "error" && process.stderr.write(`${event} ${JSON.stringify(about)}\n`)),
  timing: { leaseMs: 60_000 }, // its parent, who knows when it is dead, lets them run out
  onCommit: ({ when }) =>
    new Promise((resolve) => {
      go = resolve;
      tell({ is: "commit", when });
    }),
});
