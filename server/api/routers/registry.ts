import { router, signedInProcedure } from "../trpc";

export const registryRouter = router({
  /** Every agent that can be called now, with its manifest. */
  agents: signedInProcedure.query(async ({ ctx }) => [...(await ctx.services.registry.active()).values()]),
  /** How long the latest calls of each agent took, as this studio measured them. */
  callTimes: signedInProcedure.query(({ ctx }) => ctx.services.callTimes.latest()),
});
