import { z } from "zod";
import { Digest } from "@/flows/basics/ids";
import { MOST_APPROVAL_WORDS } from "@/flows/receipts/approval-words";
import { WalletAddress } from "@/flows/receipts/sign-in-message";

/** What a wallet signed for a yes: the words that it was given, and its signature in base58. */
const SignedByWallet = z.strictObject({
  kind: z.literal("wallet"),
  nonce: z.string().max(100),
  address: WalletAddress,
  message: z.string().max(MOST_APPROVAL_WORDS),
  signature: z.string().max(128),
});

/** What is signed for a yes, by the kind of evidence that it is. */
const Base64Url = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/, "is no base64url");
/** No extension is asked for, and what an authenticator says of any is not looked at. */
const unextended = <T extends object>(credential: T) => ({ ...credential, clientExtensionResults: {} });
const ofCredential = {
  ...{ id: Base64Url, rawId: Base64Url, type: z.literal("public-key") },
};

/** What an authenticator signed. Source: AuthenticationResponseJSON of W3C Web Authentication, level 3. */
const SignedByPasskey = z.strictObject({
  ...{ kind: z.literal("passkey"), nonce: z.string().max(100) },
  response: z
    .object({
      ...ofCredential,
      response: z.object({ clientDataJSON: Base64Url, authenticatorData: Base64Url, signature: Base64Url }),
    })
    .transform(unextended),
});
export const SignedAnswer = z.discriminatedUnion("kind", [SignedByWallet, SignedByPasskey]);

/** What an authenticator made. Source: RegistrationResponseJSON, as above. */
export const MadePasskey = z.strictObject({
  nonce: z.string().max(100),
  response: z
    .object({
      ...ofCredential,
      response: z.object({
        ...{ clientDataJSON: Base64Url, attestationObject: Base64Url },
        transports: z.array(z.string().max(20)).max(8).default([]),
      }),
    })
    .transform(unextended),
});

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
