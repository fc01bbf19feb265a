import { z } from "zod";
import { setPolicy } from "../../use-cases/set-policy";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

/** Rules for spending. There is no screen for them yet; docs/guides/policies.md says how to set them. */
export const policiesRouter = router({
  inForce: signedInProcedure.query(({ ctx }) => ctx.services.policies.inForce(ctx.user.id)),
  set: signedInProcedure
    .input(z.strictObject({ policy: z.unknown() }))
    .mutation(async ({ ctx, input }) => unwrap(await setPolicy(ctx.services, ctx.user.id, input.policy ?? null))),
});
