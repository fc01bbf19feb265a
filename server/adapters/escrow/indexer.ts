import type { Pool, PoolClient } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import type { EscrowEvent } from "@/programs/clients/escrow-events";
import { inTransaction } from "../connection";
import { mirrorExtension } from "./extending";
import { mirrorClosing } from "./mirror-closing";
import type { History, Told } from "./rpc-history";

const INDEXER_LOCK = 4_020_020; // as server/launch/forget-chain.mjs has it

/** So many transactions are read at once; whoever reads comes again. */
const MOST = 50;

type Found = Awaited<ReturnType<History["signatures"]>>[number];

export type IndexerOptions = {
  pool: Pool;
  history: History;
  program: string;
  /** Hears of the settlement of a run in the transaction that writes it down. */
  settled?: (client: PoolClient, run: RunId) => Promise<void>;
};

/**
 * Reads what our program wrote into finalized history, in its order and without a gap: from the newest back to what was
 * read before, and only then forward, each transaction together with the cursor that says so. What was read before changes
 * nothing. One worker reads at a time, and so many at once. Tells how many transactions were read.
 */
export async function readOn(options: IndexerOptions): Promise<number> {
  const { pool, history, program } = options;
  const { rows } = await pool.query<{ signature: string }>("select signature from chain_cursor where program = $1", [
    program,
  ]);
  const until = rows[0]?.signature ?? null;
  const newer: Found[] = [];
  for (let before: string | null = null; ; ) {
    const page: readonly Found[] = await history.signatures({ before, until });
    newer.push(...page);
    const last = page.at(-1);
    if (!last) break;
    before = last.signature;
  }
  let read = 0;
  for (const found of newer.reverse().slice(0, MOST)) {
    const told = await toldBy(history, found);
    // Its name is in finalized history, so it is there: a server that has not got it yet is behind. Read on from here later.
    if (!told) return read;
    if (!(await write(options, told, read === 0 ? until : undefined))) return read;
    read += 1;
  }
  return read;
}

/** What failed has moved nothing and said nothing: nobody is asked for it. */
async function toldBy(history: History, { signature, slot, failed }: Found): Promise<Told | null> {
  return failed ? { signature, slot, atSeconds: 0, events: [] } : history.told(signature);
}

/** False when another worker has read on meanwhile. */
async function write(
  { pool, program, settled }: IndexerOptions,
  told: Told,
  expected: string | null | undefined,
): Promise<boolean> {
  return inTransaction<boolean>(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [INDEXER_LOCK]);
    const { rows } = await client.query<{ signature: string }>(
      "select signature from chain_cursor where program = $1",
      [program],
    );
    const isOurs = expected === undefined || (rows[0]?.signature ?? null) === expected;
    if (!isOurs) return { keep: false, answer: false };
    for (const [place, event] of told.events.entries()) await keep(client, { told, place, event, settled });
    await client.query(
      `insert into chain_cursor (program, signature, slot) values ($1, $2, $3)
       on conflict (program) do update set signature = excluded.signature, slot = excluded.slot`,
      [program, told.signature, told.slot.toString()],
    );
    return { keep: true, answer: true };
  });
}

/**
 * A run's escrow once our own opening of it was read, in the order of history: a payer can open and close an account at the
 * same address before, which says nothing of the one that the run is paid from.
 */
const OURS = `
  select e.run_id from escrow e
   where e.address = $1
     and exists (select from chain_intent i
                   join chain_attempt a on a.intent_id = i.id
                   join chain_event o on o.signature = a.signature and o.kind = 'opened' and o.escrow = e.address
                  where i.run_id = e.run_id and i.kind = 'open')
     for update of e`;

type Kept = { told: Told; place: number; event: EscrowEvent; settled: IndexerOptions["settled"] };

/** What something of ours follows from. */
const FOLLOWED: readonly EscrowEvent["kind"][] = ["settled", "extended", "resolved", "closed"];

async function keep(client: PoolClient, { told, place, event, settled }: Kept): Promise<void> {
  const about = "escrow" in event ? event.escrow : event.config;
  await client.query(
    `insert into chain_event (signature, place, slot, kind, escrow, event, at) values ($1, $2, $3, $4, $5, $6, to_timestamp($7))
     on conflict (signature, place) do nothing`,
    [told.signature, place, told.slot.toString(), event.kind, about, canonicalJson(plain(event)), told.atSeconds],
  );
  if (!FOLLOWED.includes(event.kind)) return;
  const { rows } = await client.query<{ run_id: RunId }>(OURS, [about]);
  const run = rows[0]?.run_id;
  if (run === undefined) return; // somebody else's: whoever likes may use the program
  if (event.kind === "settled") await settled?.(client, run);
  if (event.kind === "extended") await mirrorExtension(client, { run, ...event });
  if (event.kind === "resolved") await hurryRelease(client, run);
  if (event.kind === "closed") await mirrorClosing(client, run);
}

/**
 * What an arbiter has decided is paid at once. A release that has not been tried yet waits for the window, which others of
 * the table may still be in; it pays this with them.
 */
async function hurryRelease(client: PoolClient, run: RunId): Promise<void> {
  await client.query(
    `with due as (
       update chain_intent set due_at = now(), tries = 0
        where run_id = $1 and kind = 'release' and stands in ('intent', 'reserved') and due_at > now()
          and (stands = 'reserved' or tries > 0 or id not like '%/release.1') returning id)
     select pg_notify('chain_intent', id) from due`,
    [run],
  );
}

/** Bytes as hex, so that what is kept can be read. */
function plain(event: EscrowEvent): Record<string, unknown> {
  const entries = Object.entries(event).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value,
  ]);
  return Object.fromEntries(entries);
}
