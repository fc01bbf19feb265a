import { router, signedInProcedure } from "../trpc";

export const registryRouter = router({
  /** Every agent that can be called now, with its manifest. */
  agents: signedInProcedure.query(async ({ ctx }) => [...(await ctx.services.registry.active()).values()]),
});
