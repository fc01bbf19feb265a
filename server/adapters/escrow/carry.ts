import { err, ok, type Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import { attemptOf, heed, type IntentEvent, type IntentState, nextStep } from "@/flows/escrow/intent";
import type { ChainUnknown } from "@/flows/ports/chain";
import { type Intent, moveIntent } from "./intents";
import { landedOf } from "./landed";
import { signedBy } from "./messages";
import { dearest, mostOf } from "./network";
import { asAgreed } from "./own";
import type { Carrying } from "./settings";
import { type Done, sign } from "./signing";
import { reserveLamports } from "./sponsor";
import { OpenBody } from "./stored";
import { unlike } from "./terms";

const SOON_MS = 0;
const FIRST_LOOK_MS = 200;
const LONGEST_LOOK_MS = 4_000;
const LONGEST_WAIT_MS = 60_000;
const RARE_WAIT_MS = 3_600_000;
const STALE = /blockhash ?not ?found/i;

/** Takes an intent one step further and writes that down. True when it moved. */
export async function carryOn(carrying: Carrying, intent: Intent): Promise<boolean> {
  const next = nextStep(intent.state, intent.askedBy);
  const done = await doNext(carrying, intent, next);
  const to = done.event ? heed(intent.state, done.event, intent.askedBy) : intent.state;
  const moved = to !== intent.state;
  if (done.reason && !moved) carrying.log("warn", "chain_intent_waits", { intent: intent.id, reason: done.reason });
  const landed = await landedOf(carrying, intent, to);
  if (landed === "later") {
    const tries = intent.tries + 1;
    return moveOn(carrying, intent, { to: intent.state, tries, dueMs: dueIn(intent.state, { ...intent, tries }) });
  }
  if (moved)
    carrying.log(to.in === "refused" ? "warn" : "info", `chain_intent_${to.in}`, { intent: intent.id, ...about(to) });
  const tries = moved ? 0 : intent.tries + 1;
  const bytes = done.bytes === undefined ? {} : { bytes: done.bytes };
  return moveOn(carrying, intent, {
    to,
    tries,
    dueMs: dueIn(to, { ...intent, tries }, done.isRare),
    also: landed,
    ...bytes,
  });
}

async function moveOn({ pool }: Carrying, intent: Intent, move: Parameters<typeof moveIntent>[2]): Promise<boolean> {
  return (await moveIntent(pool, intent, move)) && move.to !== intent.state;
}

function about(state: IntentState) {
  const attempt = attemptOf(state);
  return {
    ...(attempt ? { signature: attempt.signature } : {}),
    ...(state.in === "confirmed" ? { final: state.final } : {}),
    ...(state.in === "refused" ? { reason: state.reason } : {}),
  };
}

/** Units: milliseconds. Null: nothing is left to do. */
function dueIn(
  state: IntentState,
  { askedBy, tries }: Pick<Intent, "askedBy" | "tries">,
  isRare = false,
): number | null {
  const next = nextStep(state, askedBy);
  if (next === "nothing") return null;
  const longest = next === "watch" ? LONGEST_LOOK_MS : isRare ? RARE_WAIT_MS : LONGEST_WAIT_MS;
  return tries === 0 && next !== "watch" ? SOON_MS : Math.min(FIRST_LOOK_MS * 1.5 ** Math.min(tries, 30), longest);
}

async function doNext(carrying: Carrying, intent: Intent, next: ReturnType<typeof nextStep>): Promise<Done> {
  switch (next) {
    case "reserve":
      return reserve(carrying, intent);
    case "sign":
      return intent.askedBy === "payer" ? cosign(carrying, intent) : sign(carrying, intent);
    case "send":
      return send(carrying, intent);
    case "watch":
      return watch(carrying, intent);
    case "nothing":
      return { event: null };
    default:
      return unreachable(next);
  }
}

async function reserve({ pool, chain, settings }: Carrying, intent: Intent): Promise<Done> {
  const needed = await neededFor({ pool, chain, settings }, intent);
  if (!needed.ok) return { event: null, reason: needed.error.reason };
  const { sponsorDailyLamports: daily, sponsorShareLamports: share } = settings;
  const answer = await reserveLamports(pool, intent, { needed: needed.value, daily, share });
  return { event: answer === "reserved" ? { type: "lamports_reserved" } : { type: "refused", reason: answer } };
}

/**
 * What the sponsor may lose by an intent: an opening is counted with everything that it leads to, the payer's first dispute
 * among it, and by the chain's own fees and rent, because what a web process wrote down of them is nothing to go by.
 */
async function neededFor(
  { pool, chain, settings: { priorityCeiling } }: Pick<Carrying, "pool" | "chain" | "settings">,
  { id, run, askedBy, kind, body }: Intent,
): Promise<Result<bigint, ChainUnknown>> {
  if (askedBy === "studio") return ok(0n);
  if (kind !== "open") {
    const isSetAside = kind === "dispute" && !(await hasDisputed(pool, { id, run }));
    return ok(isSetAside ? 0n : dearest({ priorityCeiling }));
  }
  const { terms } = OpenBody.parse(JSON.parse(body));
  return mostOf(chain, { lines: terms.lines.length, priorityCeiling });
}

/** Whether the sponsor has paid for another dispute of this run, or may yet have to. */
async function hasDisputed(pool: Carrying["pool"], { id, run }: Pick<Intent, "id" | "run">): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from chain_intent i where i.run_id = $1 and i.kind = 'dispute' and i.id <> $2
        and (i.stands = 'reserved' or exists (select from chain_attempt a where a.intent_id = i.id)) limit 1`,
    [run, id],
  );
  return (rowCount ?? 0) > 0;
}

/**
 * What the payer has signed becomes a transaction by the sponsor's signature. Whoever can write to the database can write
 * what was handed in: it is built here again and signed only if it is that, byte for byte.
 */
async function cosign(carrying: Carrying, { id, run, kind, body, handed }: Intent): Promise<Done> {
  const { chain, keys, log } = carrying;
  if (handed === null) return { event: null };
  const agreed = await asAgreed(carrying, { run, kind, body, handed }).catch(asUnreadable);
  if (!agreed.ok) {
    log("error", "chain_intent_not_agreed", { intent: id, reason: agreed.error });
    return { event: { type: "lifetime_over" } };
  }
  const { blockhash, lastValidBlockHeight } = agreed.value;
  const rehearsed = await chain.rehearse(handed);
  if (!rehearsed.ok) {
    const { code, reason } = rehearsed.error;
    if (code === "outcome_unknown") return { event: null, reason };
    return { event: STALE.test(reason) ? { type: "lifetime_over" } : { type: "refused", reason } };
  }
  const { bytes, signature } = await signedBy(handed, [keys.sponsor]);
  const attempt = { number: 1, signature, lifetime: { blockhash, lastValidBlockHeight } };
  return { event: { type: "signed", attempt }, bytes };
}

/** What is kept there and cannot even be read or built is not what was agreed to: it is over, and not tried for ever. */
const asUnreadable = (problem: unknown) => err(`it cannot be built again: ${String(problem)}`);

async function send({ chain }: Carrying, { bytes }: Intent): Promise<Done> {
  if (bytes === null) throw new Error("what was signed is not kept");
  const sent = await chain.send(bytes);
  return { event: { type: sent.ok ? "sent" : "sight_lost" } };
}

/** While nothing is seen of it, the same bytes go out again: they are the same transaction, and land once. */
async function watch({ chain }: Carrying, intent: Intent): Promise<Done> {
  const { state, bytes } = intent;
  const attempt = attemptOf(state);
  if (!attempt || bytes === null) throw new Error("what was signed is not kept");
  const seen = await chain.look(attempt.signature);
  if (!seen.ok) return { event: { type: "sight_lost" }, reason: seen.error.reason };
  const event = { type: "sighted", signature: attempt.signature, sighting: seen.value } as const;
  const isOver = heed(state, event, "studio").in === "expired";
  if (isOver && intent.kind === "open") return notThere(chain, intent, event);
  if (seen.value.seen === "nothing" && !isOver) await chain.send(bytes);
  return { event };
}

/**
 * Servers forget signatures, and an opening that is called expired by mistake would leave the payer's money lying there.
 * So the account itself is asked for: one that is as agreed has the sponsor's word for its rent, so only these bytes can
 * have made it; and the height at which they could is final.
 */
async function notThere(
  chain: Carrying["chain"],
  { body }: Intent,
  event: Extract<IntentEvent, { type: "sighted" }>,
): Promise<Done> {
  const { terms } = OpenBody.parse(JSON.parse(body));
  const found = await chain.accounts([terms.escrow]);
  if (!found.ok) return { event: null, reason: found.error.reason };
  const { slot, accounts } = found.value;
  const [account] = accounts;
  if (account?.owner !== terms.program || unlike(terms, account.data)) return { event };
  return { event: { ...event, sighting: { seen: "landed", slot, failed: null, final: true } } };
}
