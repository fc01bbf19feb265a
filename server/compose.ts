import { Pool } from "pg";
import type { Ports } from "@/flows/ports/ports";
import type { SigningKey } from "@/flows/receipts/keys";
import { httpAgents } from "./adapters/agents/http";
import { postgresApprovals } from "./adapters/approvals/postgres";
import { systemClock } from "./adapters/clock/system";
import { ledgerCredits } from "./adapters/credits/ledger";
import { postgresPolicies } from "./adapters/policy/postgres";
import { postgresProgress } from "./adapters/progress/postgres";
import { receiptKey } from "./adapters/receipt-key/native";
import { registryOrigins } from "./adapters/registry/origins";
import { postgresValues } from "./adapters/values/postgres";
import type { Env } from "./env";

/** All that the worker works with. `journal` is the driver's own, so that a busy ledger never keeps a journal waiting. */
export type WorkerParts = { journal: Pool; effects: Pool; ports: Ports; key: SigningKey; close(): Promise<void> };

/** `progressLost` hears when screens could not be told. Errors: throws with one sentence when the worker cannot sign; a worker that runs must be able to. */
export function composeWorker(env: Env, progressLost: (problem: unknown) => void): WorkerParts {
  const key = receiptKey(env.RECEIPT_KEY_FILE);
  const connectionString = env.DATABASE_URL;
  const journal = new Pool({ connectionString, max: 4, application_name: "studio-journal" });
  const effects = new Pool({ connectionString, max: 4, application_name: "studio-effects" });
  const clock = systemClock();
  const progress = postgresProgress({ pool: effects, failed: progressLost });
  const ports: Ports = {
    agents: httpAgents({ originOf: registryOrigins(effects), addresses: { house: env.AGENTS_URL } }),
    approvals: postgresApprovals(effects),
    clock,
    credits: ledgerCredits(effects),
    policy: postgresPolicies({ pool: effects, clock }),
    progress,
    values: postgresValues(effects),
  };
  const close = async () => {
    progress.stop();
    await Promise.all([journal.end(), effects.end()]);
  };
  return { journal, effects, ports, key, close };
}
