import { tracked } from "@trpc/server";
import { z } from "zod";
import { RunId } from "@/flows/basics/ids";
import type { Move } from "../../services";
import { followRun } from "../../use-cases/follow-run";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Follow = z.strictObject({ run: RunId, lastEventId: z.string().nullish() });

function idOf(move: Move): string {
  if ("run" in move) return `${move.run}:${move.seq}`;
  return "notices" in move ? "notices" : "behind";
}

export const liveRouter = router({
  /**
   * Which of the person's runs moved, as it happens. It says that there is something to read, never what: a screen that
   * reconnects reads anew, so nothing is lost with a stream.
   */
  moves: signedInProcedure.subscription(async function* ({ ctx, signal }) {
    if (!signal) return;
    for await (const move of ctx.services.live.moves(ctx.user.id, signal)) yield tracked(idOf(move), move);
  }),
  /**
   * One run: its journal, each event once and in order, and between them what agents say while they work. A stream that
   * was lost goes on behind the id that it heard last. Ends with the run.
   */
  run: signedInProcedure.input(Follow).subscription(async function* ({ ctx, input, signal }) {
    if (!signal) return;
    const following = { owner: ctx.user.id, run: input.run, lastEventId: input.lastEventId ?? null };
    for await (const { id, told } of unwrap(await followRun(ctx.services, following, signal))) yield tracked(id, told);
  }),
});
