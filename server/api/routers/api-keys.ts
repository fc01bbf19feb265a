import { z } from "zod";
import { makeApiKey, SCOPES } from "../../use-cases/make-api-key";
import { router, signedInProcedure } from "../trpc";

const NewKey = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scopes: z.array(z.enum(SCOPES)).min(1),
  days: z.number().int().min(1).max(365),
});

export const apiKeysRouter = router({
  list: signedInProcedure.query(({ ctx }) => ctx.services.apiKeys.list(ctx.user.id)),
  /** The key itself is in this answer and nowhere else. */
  create: signedInProcedure
    .input(NewKey)
    .mutation(({ ctx, input }) => makeApiKey(ctx.services, { owner: ctx.user.id, ...input })),
  revoke: signedInProcedure
    .input(z.strictObject({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => ctx.services.apiKeys.revoke(ctx.user.id, input.id)),
});
