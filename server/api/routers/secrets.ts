import { z } from "zod";
import { ok } from "@/flows/basics/result";
import { SecretNeed, SecretValue } from "@/flows/types/secret-need";
import { setAgentSecret } from "../../use-cases/set-agent-secret";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Place = z.strictObject({
  agent: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  name: SecretNeed.shape.name,
});

/** Written and never read: no answer holds a value. */
export const secretsRouter = router({
  list: signedInProcedure.query(({ ctx }) => ctx.services.agentSecrets.list(ctx.user.id)),
  set: signedInProcedure
    .input(Place.extend({ value: SecretValue }))
    .mutation(async ({ ctx, input }) => unwrap(await setAgentSecret(ctx.services, { owner: ctx.user.id, ...input }))),
  remove: signedInProcedure.input(Place).mutation(async ({ ctx, input }) => {
    const removed = await ctx.services.agentSecrets.remove(ctx.user.id, input);
    return unwrap(removed ? ok(null) : ({ ok: false, error: { code: "secret_not_found" } } as const));
  }),
});
