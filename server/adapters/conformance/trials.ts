import type { Pool } from "pg";
import type { Json } from "@/flows/basics/json";
import { Declaration } from "@/flows/types/agent-manifest";
import type { SecretNeeds } from "@/flows/types/secret-need";
import { CHECKS, type Check, conformance, type OnTrial, probe, type Ways } from "./checks";

/** How often an agent that is well is probed, and one that failed. Units: seconds. */
const EVERY_S = 900;
const AGAIN_S = 60;
/** An agent that does not answer is hidden at the third time; one that cheats at once. */
const OUTAGES = 3;
const KEPT = 50;
/** Whoever took a trial and fell leaves it to another so long after what one of its checks may take. Units: seconds. */
const LEASE_S = 60;
/** The most calls that one check makes, each of which may last until the deadline of the agent. */
const MOST_CALLS = 3;
/** So many of each are under way at once: an agent that takes its ten minutes keeps no other waiting. */
const AT_ONCE = 4;
/** How often whoever has nothing to do looks again while others are at it. Units: milliseconds. */
const LOOK_MS = 1_000;
const SOON_MS = 20;

type Work = () => Promise<void>;
type Trial = { id: string; owner: string; declared: Declared };
type Declared = { manifest: unknown; address: string; example: Json };
/** What the owner of an agent brings along for it, or in words what is missing. */
type SecretsFor = (ask: {
  owner: string;
  agent: string;
  needs: SecretNeeds;
}) => Promise<NonNullable<OnTrial["secrets"]>>;

/** What is to be put to the test, and what came of it. Any number of workers share them. */
export type Trials = {
  /** Carries out what is due. Units: milliseconds until more is, or null. */
  carryOut(stopped: () => boolean): Promise<number | null>;
};

export function postgresTrials(pool: Pool, ways: Ways, secretsFor: SecretsFor): Trials {
  async function onTrial({ manifest, address, example }: Declared, owner: string | null): Promise<OnTrial> {
    const declared = Declaration.parse(manifest);
    const needs = declared.secrets;
    if (!needs) return { manifest: declared, address, example };
    const secrets = await secretsFor({ owner: owner ?? "", agent: declared.agent, needs });
    return { manifest: declared, address, example, secrets };
  }

  async function takeTrial(): Promise<Work | null> {
    const { rows } = await pool.query<Trial>(
      `update conformance_run set lease_until = now() + make_interval(secs => $1)
        where id = (select id from conformance_run c where state = 'queued' and (lease_until is null or lease_until < now())
                       and not exists (select from conformance_run o where o.owner_id = c.owner_id and o.id <> c.id
                                          and o.state = 'queued' and o.lease_until > now())
                     order by created_at limit 1 for update skip locked)
       returning id, owner_id as owner, declared`,
      [LEASE_S],
    );
    const [trial] = rows;
    return trial ? () => carryOutTrial(trial) : null;
  }

  async function carryOutTrial(trial: Trial): Promise<void> {
    await pool.query("delete from conformance_check where run_id = $1", [trial.id]); // of whoever fell over it
    let place = 0;
    let failed = false;
    const on = await onTrial(trial.declared, trial.owner);
    const renew = () =>
      pool.query("update conformance_run set lease_until = now() + make_interval(secs => $2) where id = $1", [
        trial.id,
        (on.manifest.deadlineMs / 1_000) * MOST_CALLS + LEASE_S,
      ]);
    await renew();
    for await (const check of conformance(ways, on)) {
      await renew();
      failed ||= check.result === "failed";
      await pool.query(
        "insert into conformance_check (run_id, place, name, result, words, ms) values ($1, $2, $3, $4, $5, $6)",
        [...[trial.id, place, check.name, check.result, check.words, check.ms]],
      );
      place += 1;
    }
    const state = failed || place < CHECKS.length ? "failed" : "passed";
    await pool.query("update conformance_run set state = $2, finished_at = now() where id = $1", [trial.id, state]);
  }

  async function takeProbe(): Promise<Work | null> {
    const { rows } = await pool.query<{ agent: string; owner: string | null } & Declared>(
      `update agent_version set probe_at = now() + make_interval(secs => $1)
        where agent = (select agent from agent_version where probe_at <= now() and state = 'active' and example is not null
                        order by probe_at limit 1 for update skip locked)
       returning agent, owner_id as owner, manifest, origin as address, example`,
      [EVERY_S],
    );
    const [due] = rows;
    return due ? async () => note(due.agent, await probe(ways, await onTrial(due, due.owner))) : null;
  }

  async function note(agent: string, found: Check | null): Promise<void> {
    const problem = found && `${found.name}: ${found.words}`;
    await pool.query("insert into agent_probe (agent, problem, ms) values ($1, $2, $3)", [
      agent,
      problem,
      found?.ms ?? 0,
    ]);
    await pool.query(
      `delete from agent_probe where agent = $1 and id <= (select id from agent_probe where agent = $1 order by id desc offset $2 limit 1)`,
      [agent, KEPT],
    );
    if (!found) {
      // An outage passes by itself; whoever cheated is shown again only when a reviewer says so.
      await pool.query("update agent_version set hidden = null where agent = $1 and hidden like 'outage: %'", [agent]);
      return;
    }
    const { rows } = await pool.query<{ failing: number }>(
      `select count(*)::int as failing from (select problem from agent_probe where agent = $1 order by id desc limit $2) as last
        where problem is not null`,
      [agent, OUTAGES],
    );
    const why = isOutage(found) ? ((rows[0]?.failing ?? 0) >= OUTAGES ? `outage: ${problem}` : null) : problem;
    await pool.query(
      `update agent_version set probe_at = least(probe_at, now() + make_interval(secs => $3)),
              hidden = case when hidden is null or hidden like 'outage: %' then coalesce($2, hidden) else hidden end
        where agent = $1`,
      [agent, why, AGAIN_S],
    );
  }

  return {
    async carryOut(stopped) {
      await atOnce(stopped, [takeTrial, takeProbe]);
      const { rows } = await pool.query<{ ms: number | null }>(
        `select (extract(epoch from min(probe_at) - now()) * 1000)::float8 as ms from agent_version where probe_at is not null and state = 'active' and example is not null`,
      );
      return rows[0]?.ms ?? null;
    },
  };
}

/**
 * Does each kind of work several at a time, until there is none. Whoever has nothing to do looks again for as long as
 * anybody has. Errors: rejects with the first fault once all others have come to their end.
 */
async function atOnce(stopped: () => boolean, kinds: readonly (() => Promise<Work | null>)[]): Promise<void> {
  let [busy, looking] = [0, 0];
  let turn: Promise<unknown> = Promise.resolve(); // one takes after the other, so that each sees what is taken already

  async function lane(take: () => Promise<Work | null>): Promise<void> {
    while (!stopped()) {
      looking += 1;
      const mine = turn.then(take).finally(() => {
        looking -= 1;
      });
      turn = mine.catch(() => null);
      const work = await mine;
      if (work) {
        busy += 1;
        await work().finally(() => {
          busy -= 1;
        });
      } else if (busy + looking === 0) return;
      else await new Promise((resolve) => setTimeout(resolve, busy > 0 ? LOOK_MS : SOON_MS));
    }
  }

  const lanes = kinds.flatMap((take) => Array.from({ length: AT_ONCE }, () => lane(take)));
  const fault = (await Promise.allSettled(lanes)).find(({ status }) => status === "rejected");
  if (fault?.status === "rejected") throw fault.reason;
}

/** It said nothing at all, or that it is not well: that happens to the honest. */
function isOutage({ name, away }: Check): boolean {
  return name === "health" || away;
}
