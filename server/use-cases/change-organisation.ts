import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Change, Organisation, Role } from "../repos/organisations-repo";
import type { Services } from "../services";

export const ROLES = ["composer", "approver", "operator", "admin"] as const satisfies readonly Role[];

export type OrganisationError =
  | { code: "organisation_taken"; id: string }
  | { code: "organisation_not_found" }
  | { code: "admin_needed" }
  | { code: "admin_last" }
  | { code: "invitation_not_found" }
  | { code: "members_full"; most: number };

/** Members and whoever is invited, together. */
const MOST_PEOPLE = 500;

type Needs = Pick<Services, "organisations">;

export async function foundOrganisation(
  { organisations }: Needs,
  founder: AccountId,
  organisation: { id: string; name: string },
): Promise<Result<null, OrganisationError>> {
  const founded = await organisations.found(founder, organisation);
  return founded ? ok(null) : err({ code: "organisation_taken", id: organisation.id });
}

/**
 * An admin invites people, and says what members may do; whoever belongs to it may leave. One admin stays. Whether there is
 * such an account nobody is told: who may change nothing is refused before anything is looked up, and an invitation is kept
 * as it was written.
 */
export async function changeOrganisation(
  { organisations }: Needs,
  by: AccountId,
  wanted: { org: string; change: Change },
): Promise<Result<null, OrganisationError>> {
  const refusal = await organisations.change(by, wanted, (now) => refusalOf(now, by, wanted.change));
  if (refusal === "members_full") return err({ code: refusal, most: MOST_PEOPLE });
  return refusal === null ? ok(null) : err({ code: refusal });
}

/** Nobody belongs to an organisation before they accept it themselves. */
export async function answerInvitation(
  { organisations }: Needs,
  person: AccountId,
  answer: { org: string; joins: boolean },
): Promise<Result<null, OrganisationError>> {
  const isInvited = await organisations.answerInvitation(person, answer);
  return isInvited ? ok(null) : err({ code: "invitation_not_found" });
}

type Refusal = "organisation_not_found" | "admin_needed" | "admin_last" | "members_full";

function refusalOf({ members, invited }: Organisation, by: AccountId, change: Change): Refusal | null {
  const mine = members.find(({ person }) => person === by);
  if (!mine) return "organisation_not_found"; // whoever is outside learns nothing of it
  const leaves = "gone" in change && change.gone === by;
  if (!leaves && !mine.roles.includes("admin")) return "admin_needed";
  const changed = "gone" in change ? change.gone : change.person;
  const isThere = [...members, ...invited].some(({ person }) => person === changed);
  if (!isThere && members.length + invited.length >= MOST_PEOPLE) return "members_full";
  const stays = !("gone" in change) && change.roles.includes("admin");
  const others = members.some(({ person, roles }) => person !== changed && roles.includes("admin"));
  return stays || others ? null : "admin_last";
}
