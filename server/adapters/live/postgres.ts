import type { Pool } from "pg";
import { type AccountId, RunId } from "@/flows/basics/ids";
import { runFollowing } from "./follow";
import { moveTeller, readMoves } from "./moves";
import { notices } from "./notices";

/**
 * Tells open screens what happens to runs. One connection of the process hears it for all of them; what it says is only
 * that there is something to read, so nothing is lost with it.
 */
export function postgresLive({ pool, databaseUrl }: { pool: Pool; databaseUrl: string }) {
  const teller = moveTeller(pool);
  const following = runFollowing(pool);
  const { ready } = notices(databaseUrl, ["run_moved", "run_progress", "notice_told"], {
    heard(channel, payload) {
      if (channel === "run_progress") return following.heard(payload.split(",").map((run) => RunId.parse(run)));
      if (channel === "notice_told") return teller.heardNotices(payload);
      const moves = readMoves(payload);
      teller.heard(moves);
      following.heard(moves.map(({ run }) => run));
    },
    missed() {
      teller.missed();
      following.missed();
    },
  });

  return {
    async *moves(owner: AccountId, signal: AbortSignal) {
      await ready();
      yield* teller.moves(owner, signal);
    },
    async *follow(place: { run: RunId; after: number }, signal: AbortSignal) {
      await ready();
      yield* following.follow(place, signal);
    },
  };
}
