import { z } from "zod";
import { setPolicy } from "../../use-cases/set-policy";
import { SignedAnswer } from "../answer-input";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

/** Rules for spending. Whoever changes them puts all of them in force anew. */
export const policiesRouter = router({
  inForce: signedInProcedure.query(({ ctx }) => ctx.services.policies.inForce(ctx.user.id)),
  /** Only a null that is written takes rules away: a request that leaves them out, or misspells them, changes nothing. */
  set: signedInProcedure
    .input(z.strictObject({ policy: z.unknown(), signed: SignedAnswer.optional() }))
    .mutation(async ({ ctx, input: { policy, signed } }) =>
      unwrap(await setPolicy(ctx.services, { owner: ctx.user.id, signed }, policy)),
    ),
});
