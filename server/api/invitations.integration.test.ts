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
    ["at", "groups", "person", "roles"],
    ["at", "groups", "person", "roles"],
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
