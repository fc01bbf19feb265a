import { z } from "zod";
import { OperationId, RunId } from "@/flows/basics/ids";
import { err, ok } from "@/flows/basics/result";
import { addNoticeAddress, checkNoticeAddress } from "../../use-cases/add-notice-address";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const Id = z.strictObject({ id: z.uuid() });
const Channel = z.enum(["email", "webhook", "slack", "push"]);
const Place = z.enum(["in_app", ...Channel.options]);
const Kind = z.enum([
  "approval_asked",
  "approval_reminder",
  "approval_escalated",
  "approval_settled",
  "approval_withdrawn",
  "run_waiting",
  "run_succeeded",
  "run_failed",
  "run_over_budget",
  "run_cancelled",
  "approval_out_of_reach",
  "notice_undelivered",
  "agent_moved",
  "means_changed",
  "invitation_sent",
]);
const Address = z.discriminatedUnion("channel", [
  z.strictObject({ channel: z.literal("email"), address: z.string().max(300) }),
  z.strictObject({ channel: z.enum(["webhook", "slack"]), url: z.string().max(2_000) }),
  z.strictObject({
    channel: z.literal("push"),
    endpoint: z.string().max(2_000),
    p256dh: z.string().max(200),
    auth: z.string().max(100),
    label: z.string().trim().min(1).max(60),
  }),
]);
const Minute = z.number().int().min(0).max(1_439);
const Settings = z.strictObject({
  zone: z.string().max(60),
  quietFrom: Minute,
  quietUntil: Minute,
  order: z
    .array(Channel)
    .length(Channel.options.length)
    .refine((order) => new Set(order).size === order.length, "names a way twice"),
});

const MOST_TESTS = 20;
const gone = { code: "notice_address_not_found" } as const;

/** What somebody is told, where it goes, and what became of it. Nothing here is anybody else's. */
export const noticesRouter = router({
  list: signedInProcedure
    .input(z.strictObject({ before: z.date().nullish(), take: z.number().int().min(1).max(100) }))
    .query(({ ctx, input: { before, take } }) =>
      ctx.services.notices.list(ctx.user.id, { before: before ?? null, take }),
    ),
  countUnread: signedInProcedure.query(({ ctx }) => ctx.services.notices.countUnread(ctx.user.id)),
  /** Without ids all of them are read. */
  markRead: signedInProcedure
    .input(z.strictObject({ ids: z.array(z.uuid()).max(200).optional() }))
    .mutation(({ ctx, input }) => ctx.services.notices.markRead(ctx.user.id, input.ids ?? null)),
  /** Approvals that did not reach somebody: those of a run that the person pays for, and those that they are asked themselves. */
  undelivered: signedInProcedure
    .input(z.strictObject({ run: RunId.optional(), operation: OperationId.optional() }))
    .query(({ ctx, input: { run, operation } }) =>
      ctx.services.notices.undelivered(ctx.user.id, { ...(run ? { run } : {}), ...(operation ? { operation } : {}) }),
    ),
  channels: signedInProcedure.query(({ ctx }) => ctx.services.notices.channels()),
  addresses: signedInProcedure.query(({ ctx }) => ctx.services.notices.addresses.list(ctx.user.id)),
  /** The secret that a webhook is signed with is shown here once. */
  addAddress: signedInProcedure
    .input(Address)
    .mutation(async ({ ctx, input }) => unwrap(await addNoticeAddress(ctx.services, ctx.user.id, input))),
  checkAddress: signedInProcedure
    .input(Id)
    .mutation(async ({ ctx, input }) => unwrap(await checkNoticeAddress(ctx.services, ctx.user.id, input.id))),
  confirmAddress: signedInProcedure
    .input(Id.extend({ code: z.string().min(1).max(40) }))
    .mutation(async ({ ctx, input }) => {
      const came = await ctx.services.notices.addresses.confirm(ctx.user.id, input.id, input.code);
      if (came === "confirmed") return unwrap(ok(null));
      if (came === "not_found") return unwrap(err(gone));
      return unwrap(err({ code: came === "wrong" ? "notice_code_wrong" : "notice_code_over" } as const));
    }),
  removeAddress: signedInProcedure.input(Id).mutation(async ({ ctx, input }) => {
    const removed = await ctx.services.notices.addresses.remove(ctx.user.id, input.id);
    return unwrap(removed ? ok(null) : err(gone));
  }),
  test: signedInProcedure.input(Id).mutation(async ({ ctx, input }) => {
    const tested = await ctx.services.notices.addresses.test(ctx.user.id, input.id, MOST_TESTS);
    if (!tested) return unwrap(err(gone));
    return unwrap(tested.sent ? ok(null) : err({ code: "notice_tests_spent", mostPerHour: MOST_TESTS } as const));
  }),
  wanted: signedInProcedure.query(({ ctx }) => ctx.services.notices.wanted(ctx.user.id)),
  want: signedInProcedure
    .input(z.strictObject({ kind: Kind, place: Place, wanted: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.notices.want(ctx.user.id, input)),
  settings: signedInProcedure.query(({ ctx }) => ctx.services.notices.settings(ctx.user.id)),
  set: signedInProcedure.input(Settings).mutation(async ({ ctx, input }) => {
    if (!ctx.services.notices.isZone(input.zone))
      return unwrap(err({ code: "zone_unknown", zone: input.zone } as const));
    return unwrap(ok(await ctx.services.notices.set(ctx.user.id, input)));
  }),
});
