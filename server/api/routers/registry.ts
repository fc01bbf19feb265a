import { z } from "zod";
import { AgentId, Digest } from "@/flows/basics/ids";
import { ok } from "@/flows/basics/result";
import { EffectClass } from "@/flows/types/agent-manifest";
import { readApi, readMcpServer } from "../../use-cases/import-tools";
import { prepareTry, tryFlowOf } from "../../use-cases/prepare-try";
import { unwrap } from "../errors";
import { importProcedure } from "../import-procedure";
import { router, signedInProcedure } from "../trpc";

/** An agent without its version: publisher/name. */
const AgentName = z
  .string()
  .max(100)
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/);

const PublisherName = z
  .string()
  .min(2)
  .max(40)
  .regex(/^[a-z0-9-]+$/);

const Conditions = z.strictObject({
  text: z.string().max(200).default(""),
  categories: z.array(z.string().min(1).max(40)).max(8).default([]),
  /** Deprecated ones are found by who asks for them: flows that have them go on. */
  state: z.enum(["active", "deprecated"]).default("active"),
  band: z.enum(["free", "low", "middle", "high"]).nullable().default(null),
  protocol: z.string().max(20).nullable().default(null),
  effect: EffectClass.nullable().default(null),
  publisher: z.enum(["house", "outside"]).nullable().default(null),
  favourites: z.boolean().default(false),
});
const Wanted = Conditions.extend({
  order: z.enum(["fit", "title", "price", "newest"]).default("fit"),
  /** Units: agents. Whoever goes further looks for something else. */
  offset: z.number().int().min(0).max(2_000).default(0),
  limit: z.number().int().min(1).max(50).default(24),
});

export const registryRouter = router({
  /** The studio's own agents, with their manifests: those that every palette shows. */
  agents: signedInProcedure.query(({ ctx }) => ctx.services.listings.house()),
  /** Agents that a drawing names, or that are to be put into one, and the versions that they could be upgraded to. */
  manifests: signedInProcedure
    .input(z.strictObject({ agents: z.array(AgentId).max(1_000) }))
    .query(({ ctx, input }) => ctx.services.listings.manifests(input.agents)),
  /** Every language model that can be asked now, with what it costs. Where it answers stays with the operator. */
  models: signedInProcedure.query(({ ctx }) => new Map(ctx.services.registry.models)),
  /** How long the latest calls of each agent took, as this studio measured them. */
  callTimes: signedInProcedure.query(({ ctx }) => ctx.services.callTimes.latest()),
  /** Agents by what they are called and do. */
  search: signedInProcedure.input(Wanted).query(({ ctx, input }) => ctx.services.listings.search(ctx.user.id, input)),
  /** How many agents there are for each choice that a search can be narrowed by. */
  counts: signedInProcedure
    .input(Conditions)
    .query(({ ctx, input }) => ctx.services.listings.counts(ctx.user.id, input)),
  /** All versions of one agent, the newest first. */
  agent: signedInProcedure.input(z.strictObject({ name: AgentName })).query(async ({ ctx, input: { name } }) => {
    const { listings } = ctx.services;
    const found = { name, ...(await listings.versions(ctx.user.id, name)) };
    return unwrap(found.versions.length > 0 ? ok(found) : { ok: false, error: { code: "agent_not_found", name } });
  }),
  /** What our own probes found of a version lately, the newest first. */
  probes: signedInProcedure
    .input(z.strictObject({ agent: AgentId }))
    .query(({ ctx, input }) => ctx.services.versions.probes(input.agent)),
  /** What a try of an agent has to be agreed to. It is started as any run is, with `runs.start`. */
  prepareTry: signedInProcedure
    .input(z.strictObject({ agent: AgentId }))
    .mutation(async ({ ctx, input: { agent } }) =>
      unwrap(await prepareTry(ctx.services, { owner: ctx.user.id, agent })),
    ),
  /** Under which flow the runs are that one made to try a version; null before the first. */
  tryFlow: signedInProcedure.input(z.strictObject({ agent: AgentId, digest: Digest })).query(async ({ ctx, input }) => {
    const flow = tryFlowOf(ctx.user.id, input);
    return (await ctx.services.flows.find(ctx.user.id, flow)) ? { flow } : null;
  }),
  /** What an MCP server offers, as agents of `publisher`. Nothing is kept by it; it calls outwards, and so is no question. */
  importMcp: importProcedure
    .input(z.strictObject({ address: z.url({ protocol: /^https?$/ }).max(300), publisher: PublisherName }))
    .mutation(async ({ ctx, input }) => unwrap(await readMcpServer(ctx.services, input))),
  /** The operations that an OpenAPI document describes, as agents of `publisher`. Nothing is kept by it, and nothing fetched. */
  importOpenApi: importProcedure
    .input(z.strictObject({ text: z.string().min(1).max(1_048_576), publisher: PublisherName }))
    .mutation(async ({ ctx, input }) => unwrap(await readApi(ctx.services, input))),
  setFavourite: signedInProcedure
    .input(z.strictObject({ name: AgentName, favourite: z.boolean() }))
    .mutation(({ ctx, input: { name, favourite } }) =>
      ctx.services.listings.setFavourite(ctx.user.id, name, favourite),
    ),
});
