import { ok } from "@/flows/basics/result";
import { unwrap } from "./errors";
import { perPerson } from "./per-person";
import { signedInProcedure } from "./trpc";

const OFFERS_PER_MINUTE = 20;
const mayAsk = perPerson({ most: OFFERS_PER_MINUTE, perMs: 60_000 });

/** Asking the chain takes the operator's servers of it, which answer so often and no more: nobody uses them up for all others. */
export const chainProcedure = signedInProcedure.use(({ ctx, next }) => {
  const may = mayAsk(ctx.user.id, ctx.services.clock.now());
  unwrap(may ? ok(null) : { ok: false, error: { code: "offers_too_many", mostPerMinute: OFFERS_PER_MINUTE } });
  return next();
});
