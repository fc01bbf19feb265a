import { publicProcedure, router } from "../trpc";

export const accountRouter = router({
  /** Who is signed in; null for a visitor. */
  me: publicProcedure.query(({ ctx: { user, services } }) => (user ? services.accounts.findWithWallet(user.id) : null)),
});
