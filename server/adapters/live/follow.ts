import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { type Bell, bell } from "./bell";
import { type Entry, type News, newsReader, type Place, type Said } from "./read-news";

/** One thing that is new of a run: an event of its journal, or what an agent says that works for it. */
export type RunNews = ({ kind: "journal" } & Entry) | ({ kind: "progress" } & Omit<Said, "n">);

type Follower = { bell: Bell; startsOver: boolean };

/**
 * Streams of single runs. A stream is a place in the journal and a bell, nothing more: when the bell has rung it reads
 * on from where it is. So it misses no event and gives none twice, and one that is slow costs no memory.
 */
export function runFollowing(pool: Pool) {
  const followers = new Map<RunId, Set<Follower>>();
  const read = newsReader(pool);

  function leave(run: RunId, follower: Follower): void {
    const others = followers.get(run);
    others?.delete(follower);
    if (others?.size === 0) followers.delete(run);
  }

  return {
    heard(runs: readonly RunId[]): void {
      for (const run of runs) for (const { bell } of followers.get(run) ?? []) bell.ring();
    },
    /** The database may have forgotten what agents said, and counts anew. */
    missed(): void {
      for (const follower of [...followers.values()].flatMap((each) => [...each])) {
        follower.startsOver = true;
        follower.bell.ring();
      }
    },
    /** Ends with the run. `after` is the last event that is known already. */
    async *follow({ run, after }: { run: RunId; after: number }, signal: AbortSignal): AsyncGenerator<RunNews> {
      const place = { run, seq: after, said: 0 };
      const mine = bell(signal);
      const follower: Follower = { bell: mine, startsOver: false };
      followers.set(run, (followers.get(run) ?? new Set()).add(follower));
      try {
        while (!signal.aborted) {
          if (follower.startsOver) place.said = 0;
          follower.startsOver = false;
          const news = await read({ ...place });
          yield* inOrder(place, news);
          if (news.isOver) return;
          if (!news.isMore) await mine.heard();
        }
      } finally {
        leave(run, follower);
      }
    },
  };
}

/** The place goes along with what was taken, not with what was read. */
function* inOrder(place: Place, { entries, said }: News): Generator<RunNews> {
  for (const entry of entries) {
    place.seq = entry.seq;
    yield { kind: "journal", ...entry };
  }
  for (const { n, ...more } of said) {
    place.said = n;
    yield { kind: "progress", ...more };
  }
}
