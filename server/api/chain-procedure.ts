import { ok } from "@/flows/basics/result";
import { unwrap } from "./errors";
import { perPerson } from "./per-person";
import { signedInProcedure } from "./trpc";

/** Asking the chain takes the operator's servers of it, which answer so often and no more: nobody uses them up for all others. */
function askingAtMost(mostPerMinute: number) {
  const mayAsk = perPerson({ most: mostPerMinute, perMs: 60_000 });
  return signedInProcedure.use(({ ctx, next }) => {
    const may = mayAsk(ctx.user.id, ctx.services.clock.now());
    unwrap(may ? ok(null) : { ok: false, error: { code: "offers_too_many", mostPerMinute } });
    return next();
  });
}

/** For what makes something to sign. */
export const chainProcedure = askingAtMost(20);

/** For what a screen looks at again and again: it uses up nothing of the other. */
export const chainReadProcedure = askingAtMost(60);
