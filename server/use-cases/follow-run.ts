import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { fromStored } from "@/flows/plan/stored";
import type { RunEvent } from "@/flows/run/events";
import type { Services } from "../services";
import type { ShowRunError } from "./show-run";

/** What a stream of one run tells. Of a call's text what stands from `start` on is replaced. */
export type RunTold =
  | { kind: "journal"; seq: number; event: RunEvent }
  | {
      kind: "progress";
      operation: OperationId;
      start: number;
      text: string;
      done: number | null;
      message: string | null;
    };

/** `id` names the place in the journal; whoever comes back with the last one goes on behind it. */
export type Told = { id: string; told: RunTold };

type Following = { owner: AccountId; run: RunId; lastEventId: string | null };

/** Every event of a run from a place on, once and in order, and between them what agents say that work for it. */
export async function followRun(
  services: Pick<Services, "live" | "runs">,
  { owner, run, lastEventId }: Following,
  signal: AbortSignal,
): Promise<Result<AsyncGenerator<Told>, ShowRunError>> {
  const found = await services.runs.find(owner, run);
  if (!found) return err({ code: "run_not_found" });
  return ok(tell(services.live, { run, after: placeOf(run, lastEventId, found.seq) }, signal));
}

async function* tell(live: Services["live"], from: { run: RunId; after: number }, signal: AbortSignal) {
  let { after } = from;
  for await (const news of live.follow(from, signal)) {
    if (news.kind === "journal") after = news.seq;
    const told: RunTold = news.kind === "journal" ? { ...news, event: fromStored<RunEvent>(news.event) } : news;
    yield { id: `${from.run}:${after}`, told };
  }
}

/** From the beginning for whoever names no place of this run: better an event twice than one never. */
function placeOf(run: RunId, lastEventId: string | null, seq: number): number {
  if (!lastEventId?.startsWith(`${run}:`)) return 0;
  const place = lastEventId.slice(run.length + 1);
  return /^\d{1,9}$/.test(place) && Number(place) <= seq ? Number(place) : 0;
}
