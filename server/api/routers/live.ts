import { tracked } from "@trpc/server";
import { router, signedInProcedure } from "../trpc";

export const liveRouter = router({
  /**
   * Which of the person's runs moved, as it happens. It says that there is something to read, never what: a screen that
   * reconnects reads anew, so nothing is lost with a stream.
   */
  moves: signedInProcedure.subscription(async function* ({ ctx, signal }) {
    if (!signal) return;
    for await (const move of ctx.services.live.moves(ctx.user.id, signal))
      yield tracked(`${move.run}:${move.seq}`, move);
  }),
});
