import { publicProcedure, router } from "../trpc";

export const accountRouter = router({
  /** Who is signed in; null for a visitor. */
  me: publicProcedure.query(async ({ ctx: { user, services } }) => {
    if (!user) return null;
    const [account, linked] = await Promise.all([services.accounts.find(user.id), services.wallets.linked(user.id)]);
    return account && { ...account, wallet: linked?.address ?? null };
  }),
});
