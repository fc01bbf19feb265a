import { z } from "zod";
import { Digest } from "@/flows/basics/ids";

/** What somebody says to a question, by whatever way it comes. `seen` is the text whose digest `subject` is. */
export const AnswerInput = z.strictObject({
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
