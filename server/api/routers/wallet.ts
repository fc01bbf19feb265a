import { z } from "zod";
import { router, signedInProcedure } from "../trpc";

const Page = z.strictObject({
  before: z.bigint().nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
});

export const walletRouter = router({
  balances: signedInProcedure.query(({ ctx }) => ctx.services.wallet.balances(ctx.user.id)),
  postings: signedInProcedure.input(Page).query(({ ctx, input }) => ctx.services.wallet.postings(ctx.user.id, input)),
});
