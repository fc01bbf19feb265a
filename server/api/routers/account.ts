import { publicProcedure, router } from "../trpc";

export const accountRouter = router({
  /** Who is signed in; null for a visitor. */
  me: publicProcedure.query(async ({ ctx }) => (ctx.user ? ctx.services.accounts.find(ctx.user.id) : null)),
});
