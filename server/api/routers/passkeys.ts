import { z } from "zod";
import { Digest } from "@/flows/basics/ids";
import { confirmationOf } from "@/flows/plan/means-change";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { addPasskey, offerPasskey, removePasskey } from "../../use-cases/change-means";
import { MadePasskey, SignedAnswer } from "../answer-input";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Name = z.string().trim().min(1).max(60);
const Id = z.string().min(1).max(1_400);
const Change = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("add"), passkey: Digest, name: Name }),
  z.strictObject({ do: z.literal("remove"), id: Id }),
  z.strictObject({ do: z.literal("link"), address: WalletAddress }),
  z.strictObject({ do: z.literal("rules"), policy: Digest.nullable() }),
]);
const signed = SignedAnswer.optional();

/** Passkeys of an account. Each answer of an authenticator is heard once. */
export const passkeysRouter = router({
  mine: signedInProcedure.query(async ({ ctx: { services, user } }) => ({
    passkeys: await services.passkeys.list(user.id),
    origin: services.registrar.origin,
  })),
  offer: signedInProcedure.mutation(async ({ ctx: { services, user } }) =>
    unwrap(await offerPasskey(services, user.id)),
  ),
  add: signedInProcedure
    .input(z.strictObject({ name: Name, made: MadePasskey, signed }))
    .mutation(async ({ ctx, input }) => unwrap(await addPasskey(ctx.services, { owner: ctx.user.id, ...input }))),
  rename: signedInProcedure
    .input(z.strictObject({ id: Id, name: Name }))
    .mutation(({ ctx, input }) => ctx.services.passkeys.rename(ctx.user.id, input.id, input.name)),
  remove: signedInProcedure
    .input(z.strictObject({ id: Id, signed }))
    .mutation(async ({ ctx, input }) => unwrap(await removePasskey(ctx.services, { owner: ctx.user.id, ...input }))),
  /** What is signed to confirm that passkeys, the wallet, or the rules for spending of an account change. */
  wordsToConfirm: signedInProcedure
    .input(z.strictObject({ change: Change }))
    .mutation(async ({ ctx: { services, user }, input }) =>
      unwrap(await services.evidence.wallet.ask({ account: user.id, about: confirmationOf(input.change) })),
    ),
  optionsToConfirm: signedInProcedure
    .input(z.strictObject({ change: Change }))
    .mutation(async ({ ctx: { services, user }, input }) =>
      unwrap(await services.evidence.passkey.ask({ account: user.id, about: confirmationOf(input.change) })),
    ),
});
