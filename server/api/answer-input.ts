import { z } from "zod";
import { Digest } from "@/flows/basics/ids";
import { WalletAddress } from "@/flows/receipts/sign-in-message";

/** What a wallet signed for a yes: the words that it was given, and its signature in base58. */
const SignedByWallet = z.strictObject({
  kind: z.literal("wallet"),
  nonce: z.string().max(100),
  address: WalletAddress,
  message: z.string().max(4_000),
  signature: z.string().max(128),
});

/** What is signed for a yes, by the kind of evidence that it is. */
export const SignedAnswer = z.discriminatedUnion("kind", [SignedByWallet]);

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
