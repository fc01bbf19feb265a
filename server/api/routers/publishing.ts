import { z } from "zod";
import { AgentId, Digest } from "@/flows/basics/ids";
import { ok } from "@/flows/basics/result";
import { isStorable } from "@/flows/graph/plain-json";
import { ManifestForm } from "@/flows/types/manifest-form";
import { importManifest } from "../../use-cases/import-manifest";
import { moveListing, unhideListing } from "../../use-cases/move-listing";
import { claimPublisher, proveByFile, proveByWallet } from "../../use-cases/prove-publisher";
import { submitDraft, tryDraft } from "../../use-cases/publish-agent";
import { reviewOf } from "../../use-cases/review-agent";
import { unwrap } from "../errors";
import { importProcedure } from "../import-procedure";
import { router, signedInProcedure } from "../trpc";

const OneDraft = z.strictObject({ draft: z.string().min(1).max(64) });
const PublisherName = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9-]+$/);
const Address = z.url({ protocol: /^https?$/ }).max(300);
const UNSTORABLE = "has a character that cannot be stored";
const canBeKept = (form: { readonly [field: string]: string | undefined }) =>
  Object.values(form).every((text) => text === undefined || isStorable(text));
const Shown = z.strictObject({
  agent: AgentId,
  digest: Digest,
  reason: z.string().trim().max(500).refine(isStorable, UNSTORABLE).nullable().default(null),
});
const notFound = { ok: false, error: { code: "draft_not_found" } } as const;

export const publishingRouter = router({
  drafts: signedInProcedure.query(({ ctx }) => ctx.services.drafts.list(ctx.user.id)),
  draft: signedInProcedure.input(OneDraft).query(async ({ ctx, input: { draft } }) => {
    const found = await ctx.services.drafts.find(ctx.user.id, draft);
    return unwrap(found ? ok(found) : notFound);
  }),
  /** An empty form, or one to begin a new version with. */
  createDraft: signedInProcedure
    .input(z.strictObject({ form: ManifestForm.partial().refine(canBeKept, UNSTORABLE).default({}) }))
    .mutation(async ({ ctx, input }) => {
      const id = ctx.services.ids.fresh();
      await ctx.services.drafts.create(ctx.user.id, { id, form: ManifestForm.parse(input.form) });
      return { draft: id };
    }),
  /** Keeps a form as it was typed, when nobody else has changed it since `revision`. */
  saveDraft: signedInProcedure
    .input(OneDraft.extend({ revision: z.number().int().positive(), form: ManifestForm.refine(canBeKept, UNSTORABLE) }))
    .mutation(async ({ ctx, input: { draft: id, revision, form } }) => {
      const saved = await ctx.services.drafts.save(ctx.user.id, { id, revision, form });
      if (saved !== null) return { revision: saved };
      const now = await ctx.services.drafts.find(ctx.user.id, id);
      return unwrap(now ? { ok: false, error: { code: "draft_changed", revision: now.revision } } : notFound);
    }),
  removeDraft: signedInProcedure.input(OneDraft).mutation(async ({ ctx, input }) => {
    const removed = await ctx.services.drafts.remove(ctx.user.id, input.draft);
    return unwrap(removed ? ok(null) : notFound);
  }),
  /** What an address declares of itself, as a form. Nothing is kept by it. */
  importManifest: importProcedure
    .input(z.strictObject({ address: Address, form: ManifestForm }))
    .mutation(async ({ ctx, input }) => unwrap(await importManifest(ctx.services, input))),

  publishers: signedInProcedure.query(({ ctx }) => ctx.services.publishers.list(ctx.user.id)),
  claim: signedInProcedure
    .input(z.strictObject({ name: PublisherName }))
    .mutation(async ({ ctx, input }) => unwrap(await claimPublisher(ctx.services, { owner: ctx.user.id, ...input }))),
  proveByWallet: signedInProcedure
    .input(z.strictObject({ name: PublisherName, wallet: z.string().max(64), signature: z.string().max(128) }))
    .mutation(async ({ ctx, input }) => unwrap(await proveByWallet(ctx.services, { owner: ctx.user.id, ...input }))),
  proveByFile: importProcedure
    .input(z.strictObject({ name: PublisherName, address: Address }))
    .mutation(async ({ ctx, input }) => unwrap(await proveByFile(ctx.services, { owner: ctx.user.id, ...input }))),

  /** Puts what a draft declares to the test; its checks come one by one. */
  startTrial: importProcedure
    .input(OneDraft)
    .mutation(async ({ ctx, input }) => unwrap(await tryDraft(ctx.services, { owner: ctx.user.id, ...input }))),
  trial: signedInProcedure.input(OneDraft).query(async ({ ctx, input: { draft } }) => {
    const own = await ctx.services.drafts.find(ctx.user.id, draft);
    return unwrap(own ? ok(await ctx.services.drafts.latestTrial(draft)) : notFound);
  }),
  submit: signedInProcedure
    .input(OneDraft)
    .mutation(async ({ ctx, input }) => unwrap(await submitDraft(ctx.services, { owner: ctx.user.id, ...input }))),

  /** One's own versions, whatever they are at, and what they earned. */
  mine: signedInProcedure.query(async ({ ctx: { services, user } }) => {
    const [versions, earned] = await Promise.all([
      services.versions.ofOwner(user.id),
      services.versions.earned(user.id),
    ]);
    return { versions, earned };
  }),
  move: signedInProcedure
    .input(Shown.extend({ deed: z.enum(["withdraw", "list", "deprecate", "suspend"]) }))
    .mutation(async ({ ctx, input }) =>
      unwrap(await moveListing(ctx.services, { account: ctx.user.id, as: "publisher", ...input })),
    ),

  isReviewer: signedInProcedure.query(({ ctx }) => ctx.services.publishers.isReviewer(ctx.user.id)),
  /** What waits for a reviewer, and what our probes have hidden: each beside the version before. */
  queue: signedInProcedure.query(async ({ ctx }) => unwrap(await reviewOf(ctx.services, ctx.user.id))),
  review: signedInProcedure
    .input(
      Shown.extend({
        conformance: z.string().max(64).nullable(),
        deed: z.enum(["approve", "refuse", "suspend", "reinstate"]),
      }),
    )
    .mutation(async ({ ctx, input }) =>
      unwrap(await moveListing(ctx.services, { account: ctx.user.id, as: "reviewer", ...input })),
    ),
  unhide: signedInProcedure
    .input(z.strictObject({ agent: AgentId }))
    .mutation(async ({ ctx, input }) => unwrap(await unhideListing(ctx.services, { account: ctx.user.id, ...input }))),
});
