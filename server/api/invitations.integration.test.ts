import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { eve } from "@/server/drivers/postgres/rig.contract";
import { ann, askedPeople, carol } from "./asked-people.contract";

const { as, asking, started, shown, studio } = askedPeople();

const asApprover = (person: AccountId) => ({ person, roles: ["approver" as const], groups: ["finance"] });
const invite = (by: AccountId, person: AccountId) =>
  as(by).organisations.change({ org: "acme", change: asApprover(person) });
const dan = AccountId.parse("dan");

test("nobody belongs to an organisation, or is asked in its name, before they join it themselves", async () => {
  await studio().person("dan");
  await invite(eve, dan);
  expect(await as(dan).organisations.list()).toEqual([]);
  const run = await started(asking({}));
  await shown(ann, run);
  expect(await as(dan).approvals.countOpen()).toBe(0);
  expect(await as(dan).organisations.invitations()).toMatchObject([
    { org: "acme", name: "Acme", by: "Eve", roles: ["approver"], groups: ["finance"] },
  ]);
  await as(dan).organisations.answerInvitation({ org: "acme", joins: true });
  await shown(dan, await started(asking({})));
  expect(await as(dan).organisations.invitations()).toEqual([]);
  await expect(as(dan).organisations.answerInvitation({ org: "acme", joins: true })).rejects.toThrow(
    "invitation_not_found",
  );
}, 60_000);

test("an invitation is declined, taken back and answered by nobody else; whoever was taken out is asked anew", async () => {
  await studio().person("dan");
  const answer = (joins: boolean) => as(dan).organisations.answerInvitation({ org: "acme", joins });
  await invite(eve, dan);
  await expect(as(carol).organisations.answerInvitation({ org: "acme", joins: true })).rejects.toThrow(
    "invitation_not_found",
  );
  await answer(false);
  await invite(eve, dan);
  await as(eve).organisations.change({ org: "acme", change: { gone: dan } });
  await expect(answer(true)).rejects.toThrow("invitation_not_found");
  await as(eve).organisations.change({ org: "acme", change: { gone: ann } });
  await invite(eve, ann);
  expect(await as(ann).organisations.list()).toEqual([]);
}, 60_000);

test("nobody learns by an organisation which accounts there are", async () => {
  const known = await Promise.allSettled([invite(carol, eve), invite(carol, dan)]);
  expect(known.map((each) => each.status === "rejected" && each.reason.message)).toEqual([
    "admin_needed",
    "admin_needed",
  ]);
  await studio().person("stranger");
  const stranger = AccountId.parse("stranger");
  const outside = await Promise.allSettled([invite(stranger, eve), invite(stranger, dan)]);
  expect(outside.map((each) => each.status === "rejected" && each.reason.message)).toEqual([
    ...["organisation_not_found", "organisation_not_found"],
  ]);
  await invite(eve, dan); // there is no such account
  await invite(eve, stranger);
  const [acme] = await as(eve).organisations.list();
  expect(acme?.invited.map((each) => Object.keys(each).sort())).toEqual([
    ["at", "groups", "person", "roles", "until"],
    ["at", "groups", "person", "roles", "until"],
  ]);
}, 60_000);

test("what somebody invited as an admin is over with them: taken out, or no admin any more", async () => {
  await studio().person("dan");
  const admin = { roles: ["admin" as const], groups: [] };
  const joins = () => as(dan).organisations.answerInvitation({ org: "acme", joins: true });
  for (const end of [{ gone: ann }, asApprover(ann)]) {
    await as(eve).organisations.change({ org: "acme", change: { person: ann, ...admin } });
    if ((await as(ann).organisations.list()).length === 0)
      await as(ann).organisations.answerInvitation({ org: "acme", joins: true });
    await invite(ann, dan);
    await as(eve).organisations.change({ org: "acme", change: end });
    await expect(joins()).rejects.toThrow("invitation_not_found");
  }
}, 60_000);

test("what somebody invited ends with them in that organisation alone; what another admin asked stands", async () => {
  await studio().person("dan");
  await studio().person("fay");
  const fay = AccountId.parse("fay");
  const put = (org: string, by: AccountId, person: AccountId) =>
    as(by).organisations.change({ org, change: { person, roles: ["admin"], groups: [] } });
  await put("acme", eve, ann);
  if (!(await as(ann).organisations.list()).some(({ id }) => id === "acme"))
    await as(ann).organisations.answerInvitation({ org: "acme", joins: true });
  await as(ann).organisations.found({ id: "anns", name: "Ann's" });
  await put("acme", ann, dan);
  await put("acme", eve, fay);
  await put("anns", ann, dan);
  await as(eve).organisations.change({ org: "acme", change: { gone: ann } });
  expect((await as(dan).organisations.invitations()).map(({ org }) => org)).toEqual(["anns"]);
  expect((await as(fay).organisations.invitations()).map(({ org }) => org)).toEqual(["acme"]);
}, 60_000);

test("an invitation is open for fourteen days and says until when; afterwards it is shown to nobody, answered by nobody, and sent anew", async () => {
  await studio().person("dan");
  const age = (days: number) =>
    studio().pool.query("update invitation set at = now() - make_interval(days => $1, mins => 1)", [days]);
  await invite(eve, dan);
  await age(13);
  const [open] = await as(dan).organisations.invitations();
  expect((open?.until.getTime() ?? 0) - (open?.at.getTime() ?? 0)).toBe(14 * 86_400_000);
  expect((await as(eve).organisations.list())[0]?.invited).toMatchObject([{ person: dan, until: open?.until }]);

  await age(14);
  expect(await as(dan).organisations.invitations()).toEqual([]);
  expect((await as(eve).organisations.list())[0]?.invited).toEqual([]);
  const answer = () => as(dan).organisations.answerInvitation({ org: "acme", joins: true });
  await expect(answer()).rejects.toThrow("invitation_expired");
  await expect(answer()).rejects.toThrow("invitation_not_found");
  expect(await as(dan).organisations.list()).toEqual([]);

  await invite(eve, dan);
  await age(14);
  await studio().pool.query("delete from notice_happening");
  await invite(eve, dan);
  const { rows } = await studio().pool.query("select kind, people from notice_happening");
  expect(rows).toEqual([{ kind: "invitation_sent", people: ["dan"] }]);
  await answer();
  expect((await as(dan).organisations.list()).map(({ id }) => id)).toEqual(["acme"]);
}, 60_000);

test("at most fifty invitations are open in an organisation, and of one who invites wherever; one that is over, or answered, makes room", async () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => AccountId.parse(`stranger${from + at}`));
  const put = (org: string, by: AccountId, person: AccountId) =>
    as(by).organisations.change({ org, change: asApprover(person) });
  await as(eve).organisations.change({ org: "acme", change: { person: ann, roles: ["admin"], groups: [] } });
  for (const person of many(0, 30)) await put("acme", eve, person);
  for (const person of many(30, 20)) await put("acme", ann, person);
  await expect(put("acme", ann, dan)).rejects.toThrow("invitations_full");
  await put("acme", ann, AccountId.parse("stranger0")); // who is invited already is invited otherwise, and by another
  await studio().pool.query("update invitation set at = now() - interval '15 days' where user_id = 'stranger7'");
  await put("acme", eve, dan);

  await as(eve).organisations.found({ id: "eves", name: "Eve's" }); // 29 of hers are open in acme
  const came = await Promise.allSettled(many(100, 25).map((person) => put("eves", eve, person)));
  const refused = came.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(refused.map(String)).toEqual(Array.from({ length: 4 }, () => expect.stringContaining("invitations_full")));
  await as(eve).organisations.change({ org: "acme", change: { gone: AccountId.parse("stranger1") } });
  await put("eves", eve, dan);
  await expect(put("eves", eve, AccountId.parse("one-more"))).rejects.toThrow("invitations_full");
  await studio().pool.query("update invitation set at = now() - interval '15 days' where org_id = 'acme'");
  await put("eves", eve, AccountId.parse("one-more"));
}, 120_000);
