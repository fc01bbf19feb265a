import { z } from "zod";
import { Digest, OperationId } from "@/flows/basics/ids";
import { answerQuestion } from "../../use-cases/answer-question";
import { showQuestion } from "../../use-cases/show-question";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Answer = z.strictObject({ operation: OperationId, subject: Digest, answer: z.enum(["approved", "denied"]) });

export const approvalsRouter = router({
  list: signedInProcedure
    .input(z.strictObject({ state: z.enum(["open", "settled"]) }))
    .query(({ ctx, input }) => ctx.services.questions.list(ctx.user.id, input.state)),
  countOpen: signedInProcedure.query(({ ctx }) => ctx.services.questions.countOpen(ctx.user.id)),
  get: signedInProcedure
    .input(z.strictObject({ operation: OperationId }))
    .query(async ({ ctx, input }) =>
      unwrap(await showQuestion(ctx.services, { approver: ctx.user.id, operation: input.operation })),
    ),
  answer: signedInProcedure
    .input(Answer)
    .mutation(async ({ ctx, input }) => unwrap(await answerQuestion(ctx.services, { by: ctx.user.id, ...input }))),
});
