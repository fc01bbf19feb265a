import { z } from "zod";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { askWallet } from "../../use-cases/ask-wallet";
import { clickOf } from "../../use-cases/click-of";
import { askPayout, linkWallet, setPayout, unlinkWaiting, unlinkWallet } from "../../use-cases/link-wallet";
import { SignedAnswer } from "../answer-input";
import { unwrap } from "../errors";
import { publicProcedure, router, signedInProcedure } from "../trpc";

const Answer = z.strictObject({
  nonce: z.string().max(100),
  address: WalletAddress,
  message: z.string().max(2_000),
  signature: z.string().max(128),
});

/** Wallets of browsers: they sign words that are made here, and each answer is heard once. */
export const walletsRouter = router({
  /** The answer goes to next-auth, which makes the session. */
  wordsToSignIn: publicProcedure.mutation(({ ctx }) => askWallet(ctx.services, { purpose: "sign_in", account: null })),
  mine: signedInProcedure.query(async ({ ctx: { services, user } }) => {
    const [linked, payout] = await Promise.all([
      services.wallets.linked(user.id),
      services.wallets.payoutWalletOf(user.id),
    ]);
    return { linked, payout, way: user.way, click: await clickOf(services, user), site: services.site };
  }),
  wordsToLink: signedInProcedure.mutation(({ ctx }) =>
    askWallet(ctx.services, { purpose: "link", account: ctx.user.id }),
  ),
  link: signedInProcedure
    .input(Answer.extend({ signed: SignedAnswer.optional() }))
    .mutation(async ({ ctx: { services, user }, input: { signed, ...answer } }) =>
      unwrap(await linkWallet(services, { owner: user.id, answer, signed })),
    ),
  wordsToUnlink: signedInProcedure.mutation(({ ctx }) =>
    askWallet(ctx.services, { purpose: "unlink", account: ctx.user.id }),
  ),
  unlink: signedInProcedure
    .input(Answer)
    .mutation(async ({ ctx: { services, user }, input }) =>
      unwrap(await unlinkWallet(services, { owner: user.id, way: user.way, answer: input })),
    ),
  /** For a wallet that does not count yet: it need not sign. */
  unlinkWaiting: signedInProcedure
    .input(z.strictObject({ address: WalletAddress }))
    .mutation(async ({ ctx: { services, user }, input }) =>
      unwrap(await unlinkWaiting(services, { owner: user.id, ...input })),
    ),
  wordsToBePaidAt: signedInProcedure
    .input(z.strictObject({ to: WalletAddress }))
    .mutation(({ ctx, input }) => askPayout(ctx.services, { owner: ctx.user.id, to: input.to })),
  bePaidAt: signedInProcedure
    .input(Answer)
    .mutation(async ({ ctx, input }) => unwrap(await setPayout(ctx.services, { owner: ctx.user.id, answer: input }))),
});
