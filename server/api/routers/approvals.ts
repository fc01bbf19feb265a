import { z } from "zod";
import { Digest, OperationId } from "@/flows/basics/ids";
import { answerSigned, toBeSigned } from "../../use-cases/answer-signed";
import { clickOf } from "../../use-cases/click-of";
import { refuseMany } from "../../use-cases/refuse-many";
import { showQuestion } from "../../use-cases/show-question";
import { AnswerInput, SignedAnswer } from "../answer-input";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Listed = z.strictObject({
  state: z.enum(["open", "settled"]),
  flow: z.string().max(64).optional(),
  text: z.string().max(200).optional(),
  urgency: z.enum(["soon", "undelivered"]).optional(),
  take: z.number().int().min(1).max(1_000).optional(),
  after: z.strictObject({ createdAt: z.date(), operation: OperationId }).optional(),
});
const Signing = AnswerInput.pick({ subject: true, edits: true }).extend({ operation: OperationId });
const SESSION = { kind: "session" } as const;

export const approvalsRouter = router({
  list: signedInProcedure.input(Listed).query(({ ctx, input }) => ctx.services.questions.list(ctx.user.id, input)),
  countOpen: signedInProcedure.query(({ ctx }) => ctx.services.questions.countOpen(ctx.user.id)),
  get: signedInProcedure
    .input(z.strictObject({ operation: OperationId }))
    .query(async ({ ctx, input }) =>
      unwrap(await showQuestion(ctx.services, { viewer: ctx.user.id, operation: input.operation })),
    ),
  answer: signedInProcedure
    .input(AnswerInput.extend({ operation: OperationId, signed: SignedAnswer.optional() }))
    .mutation(async ({ ctx, input }) =>
      unwrap(
        await answerSigned(ctx.services, {
          by: ctx.user.id,
          clicked: await clickOf(ctx.services, ctx.user),
          ...input,
        }),
      ),
    ),
  /** Words for the linked wallet to sign: good once, for five minutes, for this very yes. They decide nothing. */
  wordsToSign: signedInProcedure.input(Signing).mutation(async ({ ctx, input }) => {
    const ask = unwrap(await toBeSigned(ctx.services, { by: ctx.user.id, ...input }));
    return unwrap(await ctx.services.evidence.wallet.ask(ask));
  }),
  /** The same for a passkey of the account: its challenge is made of this very yes. */
  passkeyToSign: signedInProcedure.input(Signing).mutation(async ({ ctx, input }) => {
    const ask = unwrap(await toBeSigned(ctx.services, { by: ctx.user.id, ...input }));
    return unwrap(await ctx.services.evidence.passkey.ask(ask));
  }),
  /** Many can be refused at once, and never approved: a yes is to what was read. */
  refuseMany: signedInProcedure
    .input(
      z.strictObject({
        questions: z
          .array(z.strictObject({ operation: OperationId, subject: Digest }))
          .min(1)
          .max(100),
        comment: z.string().trim().max(2_000).optional(),
      }),
    )
    .mutation(({ ctx, input }) => refuseMany(ctx.services, { by: ctx.user.id, evidence: SESSION, ...input })),
});
