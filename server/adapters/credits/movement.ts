import type { Pool, PoolClient } from "pg";
import type { OperationId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { fromStored, toStored } from "@/flows/plan/stored";
import type { CreditsError, Posted } from "@/flows/ports/credits";
import { inTransaction, isConnectionLost } from "../connection";

export type Moved = Result<Posted, CreditsError>;
export type Movement = { operation: OperationId; kind: "grant"; body: string };
/** What a movement comes to, judged under its locks and not yet written. */
export type Decision = Result<{ posted: Posted; write(client: PoolClient): Promise<void> }, CreditsError>;
type Decide = (client: PoolClient) => Promise<Decision>;
type Earlier = { kind: string; body: string; answer: string };

/**
 * Makes a movement happen once: what `decide` says is written in the transaction that also writes its operation down,
 * and a repeated operation gets the answer that was written. A refusal changes nothing and leaves the id free.
 */
export async function once(pool: Pool, movement: Movement, decide: Decide): Promise<Moved> {
  try {
    // Lost to the same operation sent at once: the other one has committed, so the second look finds its answer.
    return (await attempt(pool, movement, decide)) ?? (await attempt(pool, movement, decide)) ?? lostTwice(movement);
  } catch (problem) {
    if (isConnectionLost(problem)) return err({ code: "outcome_unknown" });
    throw problem;
  }
}

async function attempt(pool: Pool, movement: Movement, decide: Decide) {
  return inTransaction<Moved | null>(pool, async (client) => {
    const earlier = await firstAnswer(client, movement);
    if (earlier) return { keep: false, answer: earlier };
    const decided = await decide(client);
    if (!decided.ok) {
      // While this one waited for its locks, the same operation may have gone through and used up what it needs.
      return { keep: false, answer: (await firstAnswer(client, movement)) ?? decided };
    }
    const { posted, write } = decided.value;
    if (!(await writeDown(client, movement, posted))) return { keep: false, answer: null };
    await write(client);
    return { keep: true, answer: ok(posted) };
  });
}

async function firstAnswer(client: PoolClient, { operation, kind, body }: Movement): Promise<Moved | null> {
  const { rows } = await client.query<Earlier>("select kind, body, answer from ledger_operation where id = $1", [
    operation,
  ]);
  const [earlier] = rows;
  if (!earlier) return null;
  const same = earlier.kind === kind && earlier.body === body;
  return same ? ok(fromStored<Posted>(earlier.answer)) : err({ code: "operation_reused", operation });
}

async function writeDown(client: PoolClient, { operation, kind, body }: Movement, answer: Posted): Promise<boolean> {
  const { rowCount } = await client.query(
    "insert into ledger_operation (id, kind, body, answer) values ($1, $2, $3, $4) on conflict (id) do nothing",
    [operation, kind, body, toStored(answer)],
  );
  return rowCount === 1;
}

function lostTwice({ operation }: Movement): never {
  throw new Error(`${operation} is neither written nor free`);
}
