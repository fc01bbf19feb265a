import type { Pool } from "pg";
import type { Json } from "@/flows/basics/json";
import { Declaration } from "@/flows/types/agent-manifest";
import { CHECKS, type Check, conformance, type OnTrial, probe, type Ways } from "./checks";

/** How often an agent that is well is probed, and one that failed. Units: seconds. */
const EVERY_S = 900;
const AGAIN_S = 60;
/** An agent that does not answer is hidden at the third time; one that cheats at once. */
const OUTAGES = 3;
const KEPT = 50;
/** Whoever took a trial and fell leaves it to another after this. Units: seconds. */
const LEASE_S = 300;

type Declared = { manifest: unknown; address: string; example: Json };

/** What is to be put to the test, and what came of it. Any number of workers share them. */
export type Trials = {
  /** Carries out what is due. Units: milliseconds until more is, or null. */
  carryOut(stopped: () => boolean): Promise<number | null>;
};

export function postgresTrials(pool: Pool, ways: Ways): Trials {
  async function tryOne(): Promise<boolean> {
    const { rows } = await pool.query<{ id: string; declared: Declared }>(
      `update conformance_run set lease_until = now() + make_interval(secs => $1)
        where id = (select id from conformance_run where state = 'queued' and (lease_until is null or lease_until < now())
                     order by created_at limit 1 for update skip locked)
       returning id, declared`,
      [LEASE_S],
    );
    const [trial] = rows;
    if (!trial) return false;
    await pool.query("delete from conformance_check where run_id = $1", [trial.id]); // of whoever fell over it
    let place = 0;
    let failed = false;
    for await (const check of conformance(ways, onTrial(trial.declared))) {
      failed ||= check.result === "failed";
      await pool.query(
        "insert into conformance_check (run_id, place, name, result, words, ms) values ($1, $2, $3, $4, $5, $6)",
        [...[trial.id, place, check.name, check.result, check.words, check.ms]],
      );
      place += 1;
    }
    const state = failed || place < CHECKS.length ? "failed" : "passed";
    await pool.query("update conformance_run set state = $2, finished_at = now() where id = $1", [trial.id, state]);
    return true;
  }

  async function probeOne(): Promise<boolean> {
    const { rows } = await pool.query<{ agent: string } & Declared>(
      `update agent_version set probe_at = now() + make_interval(secs => $1)
        where agent = (select agent from agent_version where probe_at <= now() and state = 'active' and example is not null
                        order by probe_at limit 1 for update skip locked)
       returning agent, manifest, origin as address, example`,
      [EVERY_S],
    );
    const [due] = rows;
    if (!due) return false;
    const found = await probe(ways, onTrial(due));
    await note(due.agent, found);
    return true;
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
      while (!stopped() && ((await tryOne()) || (await probeOne())));
      const { rows } = await pool.query<{ ms: number | null }>(
        `select (extract(epoch from min(probe_at) - now()) * 1000)::float8 as ms from agent_version where probe_at is not null and state = 'active' and example is not null`,
      );
      return rows[0]?.ms ?? null;
    },
  };
}

function onTrial({ manifest, address, example }: Declared): OnTrial {
  return { manifest: Declaration.parse(manifest), address, example };
}

/** It said nothing at all, or that it is not well: that happens to the honest. */
function isOutage({ name, away }: Check): boolean {
  return name === "health" || away;
}
