import type { Pool, PoolClient } from "pg";
import type { AccountId, Digest, RunId } from "@/flows/basics/ids";
import { type UsdcBase, UsdcBase as UsdcBaseShape } from "@/flows/basics/money";
import type { AgreedStart } from "@/flows/ports/escrows";
import type { SigningKey } from "@/flows/receipts/keys";
import { inTransaction } from "../connection";
import { carryOn } from "./carry";
import { readOn } from "./indexer";
import { claimDue, untilDue } from "./intents";
import type { History } from "./rpc-history";
import type { Carrying } from "./settings";
import { overdueEscrows, storeSettlement } from "./settling";
import { stateSettlement } from "./statement";
import { readStart } from "./stored";

const CLAIM = { limit: 16, forMs: 30_000 };

type Funded = { run: RunId; owner: AccountId; plan: Digest; cap: UsdcBase; start: AgreedStart };

/** Everything about escrows that a worker does, one round at a time. Any number of workers may do it beside each other. */
export function escrowRail(carrying: Carrying, { history, key }: { history: History; key: SigningKey }) {
  const { pool, keys, log, settings } = carrying;
  const { program } = settings;
  const settled = (client: PoolClient, run: RunId) => stateSettlement(client, run, key);
  return {
    /** Says whose keys this worker holds: messages are built for them. */
    async announce() {
      for (const role of ["sponsor", "settler"] as const)
        await pool.query(
          `insert into chain_signer (role, address) values ($1, $2) on conflict (role) do update set address = $2, seen_at = now()`,
          [role, keys[role].address],
        );
    },

    /** Takes every intent that is due a step further. True when one moved, so that the next step may be due at once. */
    async carry() {
      const due = await claimDue(pool, CLAIM);
      const moves = await Promise.all(
        due.map(async (intent) => {
          try {
            return await carryOn(carrying, intent);
          } catch (problem) {
            log("error", "chain_intent_broke", { intent: intent.id, problem: String(problem) });
            return false; // it is due again when its claim is over
          }
        }),
      );
      return moves.includes(true);
    },

    funded: () => fundedRuns(pool, log),

    /** Writes down that a run was started, or why it never will be. */
    async started(run: RunId, notStarted: object | null) {
      const said =
        notStarted === null
          ? null
          : JSON.stringify(notStarted, (_, value) => (typeof value === "bigint" ? String(value) : value));
      await pool.query(
        "update escrow set started_at = now(), not_started = $2 where run_id = $1 and started_at is null",
        [run, said],
      );
    },

    async giveBack() {
      let given = 0;
      for (const run of await overdueEscrows(pool)) {
        try {
          await inTransaction(pool, async (client) => {
            await storeSettlement(client, run);
            return { keep: true, answer: null };
          });
          given += 1;
        } catch (problem) {
          // One at a time: what cannot be given back now keeps nothing else from being given back.
          log("error", "escrow_not_given_back", { run, problem: String(problem) });
        }
      }
      return given;
    },

    untilNext: () => untilDue(pool),

    /** Reads some of what is new in finalized history. Tells how many transactions that were. */
    readOn: () => readOn({ pool, history, program, settled }),
  };
}

type Row = { run_id: RunId; owner_id: AccountId; plan_hash: Digest; cap: string; start: string };

async function fundedRuns(pool: Pool, log: Carrying["log"]): Promise<Funded[]> {
  const { rows } = await pool.query<Row>(
    `select run_id, owner_id, plan_hash, cap::text, start from escrow
      where stands = 'open' and started_at is null order by opened_at limit 100`,
  );
  return rows.flatMap((row) => {
    try {
      const { run_id: run, owner_id: owner, plan_hash: plan } = row;
      return [{ run, owner, plan, cap: UsdcBaseShape.parse(row.cap), start: readStart(row.start) }];
    } catch (problem) {
      log("error", "funded_run_unreadable", { run: row.run_id, problem: String(problem) });
      return [];
    }
  });
}
