import { ok } from "@/flows/basics/result";
import { unwrap } from "./errors";
import { perPerson } from "./per-person";
import { signedInProcedure } from "./trpc";

const IMPORTS_PER_MINUTE = 20;
const mayImport = perPerson({ most: IMPORTS_PER_MINUTE, perMs: 60_000 });

/** Looking calls strangers, and reading takes long: nobody keeps the studio at it for all others. */
export const importProcedure = signedInProcedure.use(({ ctx, next }) => {
  const may = mayImport(ctx.user.id, ctx.services.clock.now());
  unwrap(may ? ok(null) : { ok: false, error: { code: "imports_too_many", mostPerMinute: IMPORTS_PER_MINUTE } });
  return next();
});
