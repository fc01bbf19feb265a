import { z } from "zod";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { router, signedInProcedure } from "../trpc";

const Signature = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{64,88}$/, "is no signature");

/** What is on the chain, as its own servers say. What it does not have is an answer, not a fault. */
export const explorerRouter = router({
  overview: signedInProcedure.query(({ ctx }) => ctx.services.explorer.overview()),
  transaction: signedInProcedure
    .input(z.strictObject({ signature: Signature }))
    .query(({ ctx, input }) => ctx.services.explorer.transaction(input.signature)),
  account: signedInProcedure
    .input(z.strictObject({ address: WalletAddress }))
    .query(({ ctx, input }) => ctx.services.explorer.account(input.address)),
});
