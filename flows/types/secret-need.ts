import { z } from "zod";

/** Headers that belong to the call itself, or that a server between could take for its own. */
const TAKEN = new Set([
  ...["accept", "connection", "content-length", "content-type", "cookie", "expect", "host", "idempotency-key"],
  ...["keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade"],
]);

/**
 * A secret that every person who calls the agent brings along, e.g. their own key of a service behind it. It goes out in
 * a header, added when the call is made; a flow, a plan and a run never see it.
 */
export const SecretNeed = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "is made of small letters, digits and -"),
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "is made of letters, digits and -")
    .refine((header) => !TAKEN.has(header.toLowerCase()), "is a header of the call itself"),
});
export type SecretNeed = z.infer<typeof SecretNeed>;

export const SecretNeeds = z
  .array(SecretNeed)
  .min(1)
  .max(5)
  .refine((needs) => new Set(needs.map(({ name }) => name)).size === needs.length, "names a secret twice")
  .refine(
    (needs) => new Set(needs.map(({ header }) => header.toLowerCase())).size === needs.length,
    "names a header twice",
  );
export type SecretNeeds = z.infer<typeof SecretNeeds>;

/** What can stand in a header, and is long enough to be told from other text where it must not appear. */
export const SecretValue = z
  .string()
  .min(8, "has fewer than 8 characters")
  .max(4_096, "has more than 4,096 characters")
  .regex(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/, "has a character that no header carries, or begins or ends with a space");
