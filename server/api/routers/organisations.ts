import { z } from "zod";
import { AccountId } from "@/flows/basics/ids";
import { answerInvitation, changeOrganisation, foundOrganisation, ROLES } from "../../use-cases/change-organisation";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "Small letters, digits and -, at most 40.");
const Change = z.union([
  z.strictObject({ person: AccountId, roles: z.array(z.enum(ROLES)).max(4), groups: z.array(Slug).max(50) }),
  z.strictObject({ gone: AccountId }),
]);

export const organisationsRouter = router({
  list: signedInProcedure.query(({ ctx }) => ctx.services.organisations.list(ctx.user.id)),
  found: signedInProcedure
    .input(z.strictObject({ id: Slug, name: z.string().trim().min(1).max(80) }))
    .mutation(async ({ ctx, input }) => unwrap(await foundOrganisation(ctx.services, ctx.user.id, input))),
  /** Those that wait for the answer of whoever asks. */
  invitations: signedInProcedure.query(({ ctx }) => ctx.services.organisations.invitations(ctx.user.id)),
  answerInvitation: signedInProcedure
    .input(z.strictObject({ org: Slug, joins: z.boolean() }))
    .mutation(async ({ ctx, input }) => unwrap(await answerInvitation(ctx.services, ctx.user.id, input))),
  change: signedInProcedure
    .input(z.strictObject({ org: Slug, change: Change }))
    .mutation(async ({ ctx, input }) => unwrap(await changeOrganisation(ctx.services, ctx.user.id, input))),
});
