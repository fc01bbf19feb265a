import { z } from "zod";
import { Digest, OperationId } from "@/flows/basics/ids";
import { answerQuestion } from "../../use-cases/answer-question";
import { showQuestion } from "../../use-cases/show-question";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Answer = z.strictObject({
  operation: OperationId,
  subject: Digest,
  answer: z.enum(["approved", "denied", "withdrawn"]),
  comment: z.string().trim().max(2_000).optional(),
  edits: z
    .array(
      z.strictObject({
        place: z.number().int().nonnegative(),
        value: z.union([z.string().max(10_000), z.number(), z.boolean()]),
      }),
    )
    .max(20)
    .optional(),
  seen: z.string().max(1_000_000).optional(),
});
const SESSION = { kind: "session" } as const;

export const approvalsRouter = router({
  list: signedInProcedure
    .input(
      z.strictObject({
        state: z.enum(["open", "settled"]),
        flow: z.string().max(64).optional(),
        text: z.string().max(200).optional(),
      }),
    )
    .query(({ ctx, input }) => ctx.services.questions.list(ctx.user.id, input)),
  countOpen: signedInProcedure.query(({ ctx }) => ctx.services.questions.countOpen(ctx.user.id)),
  get: signedInProcedure
    .input(z.strictObject({ operation: OperationId }))
    .query(async ({ ctx, input }) =>
      unwrap(await showQuestion(ctx.services, { approver: ctx.user.id, operation: input.operation })),
    ),
  answer: signedInProcedure
    .input(Answer)
    .mutation(async ({ ctx, input }) =>
      unwrap(await answerQuestion(ctx.services, { by: ctx.user.id, evidence: SESSION, ...input })),
    ),
});
