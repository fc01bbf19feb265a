import { randomUUID } from "node:crypto";
import type { Digest, RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import { fromStored } from "@/flows/plan/stored";
import type { SealedReceipt } from "@/flows/receipts/chain";
import { verifyReceipts } from "@/flows/receipts/verify";
import { asking } from "./runtime-plans";
import { furnish, key, OVER, webOn } from "./runtime-studio";

/**
 * The people and the web process around a worker that is a process of its own. Told by messages: `park` starts runs and
 * waits until each rests at its question; `write` answers while nobody listens; `over` waits for those; `answer` does
 * it one after the other, or so many at once, and times each until its run has ended; `check` looks at all that ended.
 */
type Ask =
  | { do: "park"; runs: number }
  | { do: "write"; runs: number }
  | { do: "over" }
  | { do: "answer"; runs: number; atOnce: number }
  | { do: "check"; receipts: number };

const [databaseUrl = ""] = process.argv.slice(2);
const BATCH = 500;
const LOOK_MS = 250;
const web = webOn(databaseUrl);
const parked: string[] = [];
const answered: string[] = [];

async function park(runs: number): Promise<number> {
  const began = performance.now();
  for (let made = 0; made < runs; made += BATCH) {
    const ids = Array.from({ length: Math.min(BATCH, runs - made) }, () => randomUUID());
    await web.startAll(asking, { ids, given: { text: "hello" } });
    parked.push(...ids);
    await all("select count(*) from run_inbox", (left) => left < BATCH);
  }
  await all("select count(*) from run where status = 'waiting' and lease_until is null", (rest) => rest === runs);
  return (performance.now() - began) / 1_000;
}

async function all(text: string, is: (count: number) => boolean): Promise<void> {
  for (;;) {
    const { rows } = await web.pool.query<{ count: string }>(text);
    if (is(Number(rows[0]?.count))) return;
    await new Promise((rest) => setTimeout(rest, LOOK_MS));
  }
}

/** Runs that wait, each picked once, from all over the table. */
function some(runs: number): string[] {
  const picked = Array.from({ length: runs }, () => {
    const place = Math.floor(Math.random() * parked.length);
    const [run = ""] = parked.splice(place, 1, parked.at(-1) ?? "");
    parked.pop();
    return run;
  });
  answered.push(...picked);
  return picked;
}

async function write(runs: number): Promise<void> {
  for (const run of some(runs)) await web.deliver(run, { key: "answer", event: await web.yesTo(run) });
}

/** Units: milliseconds, from the answer to the end of its run. */
async function answer(runs: number, atOnce: number): Promise<number[]> {
  const times: number[] = [];
  const one = async (run: string) => {
    const event = await web.yesTo(run);
    const over = web.until(run, OVER);
    const from = performance.now();
    await web.deliver(run, { key: "answer", event });
    await over;
    times.push(performance.now() - from);
  };
  const runsLeft = some(runs);
  while (runsLeft.length > 0) await Promise.all(runsLeft.splice(0, atOnce).map(one));
  return times;
}

/** Errors: throws when a run that was answered has not succeeded, one that was not does not rest, or a receipt is bad. */
async function check(receipts: number): Promise<number> {
  const { rows } = await web.pool.query<{ status: string; fault: boolean; held: boolean; runs: string }>(
    "select status, fault is not null as fault, lease_until is not null as held, count(*) as runs from run group by 1, 2, 3",
  );
  const found = rows.map(
    ({ status, fault, held, runs }) => `${runs} ${status}${fault ? " at fault" : ""}${held ? " held" : ""}`,
  );
  const wanted = [`${answered.length} succeeded`, `${parked.length} waiting`].filter((each) => !each.startsWith("0 "));
  if (found.sort().join() !== wanted.sort().join())
    throw new Error(`found ${found.join(", ")}, not ${wanted.join(", ")}`);
  for (const run of answered.slice(-receipts)) await verify(run as RunId);
  return answered.length;
}

async function verify(run: RunId): Promise<void> {
  const { rows: plans } = await web.pool.query<{ hash: Digest; body: string }>(
    "select hash, body from plan where hash = (select plan_hash from run where id = $1)",
    [run],
  );
  const { rows: receipts } = await web.pool.query<SealedReceipt>(
    `select place, body, hash, signature, key_id as "keyId" from receipt where run_id = $1 order by place`,
    [run],
  );
  const plan = fromStored<Plan>(plans[0]?.body ?? "");
  const verdict = verifyReceipts({ version: 1, run, plan, receipts, keys: { [key.id]: key.publicKey } });
  if (verdict.failed.length > 0 || verdict.verified !== 2) throw new Error(`${run}: ${verdict.failed.join(" ")}`);
}

function figures(ask: Ask): Promise<unknown> {
  switch (ask.do) {
    case "park":
      return park(ask.runs);
    case "write":
      return write(ask.runs);
    case "over":
      return all("select count(*) from run where status = 'waiting'", (waiting) => waiting === parked.length);
    case "answer":
      return answer(ask.runs, ask.atOnce);
    case "check":
      return check(ask.receipts);
  }
}

await furnish(web.pool);
await web.listen();
process.on("message", (ask: Ask) => void figures(ask).then((found) => process.send?.({ figures: found })));
process.on("disconnect", () => process.exit(0));
process.send?.({ ready: true });
