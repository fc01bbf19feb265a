import { z } from "zod";
import { AgentId, Digest, FlowId } from "@/flows/basics/ids";
import { ok } from "@/flows/basics/result";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { AnyLetter } from "@/flows/graph/edit-schema";
import { isStorable } from "@/flows/graph/plain-json";
import { AnyDocument } from "@/flows/graph/read-document";
import { AgentManifest } from "@/flows/types/agent-manifest";
import { Price } from "@/flows/types/price";
import { editFlow } from "../../use-cases/edit-flow";
import { compareRevisions, flowAt, flowHistory, nameRevision } from "../../use-cases/flow-history";
import { planFlow } from "../../use-cases/plan-flow";
import { publishFlow } from "../../use-cases/publish-flow";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Name = z.string().trim().min(1).max(80).refine(isStorable, "has a character that cannot be stored");
const Revision = z.number().int().positive();
const notFound = { ok: false, error: { code: "flow_not_found" } } as const;

const Publish = z.strictObject({
  flow: FlowId,
  /** The plan that the publisher was shown: what a call can cost them. */
  plan: Digest,
  agent: AgentId,
  title: AgentManifest.shape.title,
  description: AgentManifest.shape.description,
  price: Price,
  covers: z.boolean().default(false),
});

export const flowsRouter = router({
  /** Hands the flow in for review as it is saved now, as an agent that others can call for a price. */
  publish: signedInProcedure
    .input(Publish)
    .mutation(async ({ ctx, input }) => unwrap(await publishFlow(ctx.services, { owner: ctx.user.id, ...input }))),
  list: signedInProcedure.query(({ ctx }) => ctx.services.flows.list(ctx.user.id)),
  get: signedInProcedure.input(z.strictObject({ flow: FlowId })).query(async ({ ctx, input }) => {
    const flow = await ctx.services.flows.find(ctx.user.id, input.flow);
    return unwrap(flow ? ok(flow) : notFound);
  }),
  /** What a run of the flow would have to be agreed to, as it is saved now. */
  plan: signedInProcedure
    .input(z.strictObject({ flow: FlowId }))
    .query(async ({ ctx, input }) => unwrap(await planFlow(ctx.services, { owner: ctx.user.id, flow: input.flow }))),
  /** The flows that the studio ships with, to start from. */
  samples: signedInProcedure.query(() => samples.map(({ id, name, about }) => ({ id, name, about }))),
  /** From an empty canvas, from a sample, or from the document of a file. */
  create: signedInProcedure
    .input(
      z.union([
        z.strictObject({ name: Name, sample: z.string().optional() }),
        z.strictObject({ name: Name, document: AnyDocument }),
      ]),
    )
    .mutation(async ({ ctx, input }) => {
      const drawn = "document" in input ? input : samples.find(({ id }) => id === input.sample);
      const id = FlowId.parse(ctx.services.ids.fresh());
      await ctx.services.flows.create(ctx.user.id, {
        id,
        name: input.name,
        document: drawn?.document ?? emptyDocument,
      });
      return { flow: id };
    }),
  /** Takes deeds, each once by its id, and tells what came into the flow behind `from`; without deeds it only tells. From 0 it tells the whole drawing. */
  edit: signedInProcedure
    .input(z.strictObject({ flow: FlowId, from: z.number().int().nonnegative(), deeds: AnyLetter }))
    .mutation(async ({ ctx, input }) => unwrap(await editFlow(ctx.services, { owner: ctx.user.id, ...input }))),
  /** What was done to the flow, the last first, in pages before a revision; and the revisions that bear a name. */
  history: signedInProcedure
    .input(z.strictObject({ flow: FlowId, before: Revision }))
    .query(async ({ ctx, input }) => unwrap(await flowHistory(ctx.services, { owner: ctx.user.id, ...input }))),
  at: signedInProcedure
    .input(z.strictObject({ flow: FlowId, revision: Revision }))
    .query(async ({ ctx, input }) => unwrap(await flowAt(ctx.services, { owner: ctx.user.id, ...input }))),
  nameRevision: signedInProcedure
    .input(z.strictObject({ flow: FlowId, revision: Revision, name: Name }))
    .mutation(async ({ ctx, input }) => unwrap(await nameRevision(ctx.services, { owner: ctx.user.id, ...input }))),
  /** What changed from one revision to another: both drawings, and the plan in words ordered by risk. */
  compare: signedInProcedure
    .input(z.strictObject({ flow: FlowId, before: Revision, after: Revision }))
    .query(async ({ ctx, input }) => unwrap(await compareRevisions(ctx.services, { owner: ctx.user.id, ...input }))),
  rename: signedInProcedure.input(z.strictObject({ flow: FlowId, name: Name })).mutation(async ({ ctx, input }) => {
    const renamed = await ctx.services.flows.rename(ctx.user.id, input.flow, input.name);
    return unwrap(renamed ? ok({ name: input.name }) : notFound);
  }),
  remove: signedInProcedure.input(z.strictObject({ flow: FlowId })).mutation(async ({ ctx, input }) => {
    const removed = await ctx.services.flows.remove(ctx.user.id, input.flow);
    return unwrap(removed ? ok(null) : notFound);
  }),
});
