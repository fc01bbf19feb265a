import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { type Change, INVITED_DAYS, type Organisation, type Role } from "../repos/organisations-repo";
import type { Services } from "../services";

export const ROLES = ["composer", "approver", "operator", "admin"] as const satisfies readonly Role[];

export type OrganisationError =
  | { code: "organisation_taken"; id: string }
  | { code: "organisation_not_found" }
  | { code: "admin_needed" }
  | { code: "admin_last" }
  | { code: "invitation_not_found" }
  | { code: "invitation_expired"; days: number }
  | { code: "invitations_full"; most: number; whose: "organisation" | "inviter" }
  | { code: "members_full"; most: number };

/** Members and whoever is invited, together. */
const MOST_PEOPLE = 500;
/** Invitations that wait for an answer: in one organisation, and of one who invites, wherever. */
const MOST_OPEN = 50;

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
  const refusal = await organisations.change(by, wanted, (now, asking) =>
    refusalOf({ now, asking, by }, wanted.change),
  );
  switch (refusal) {
    case null:
      return ok(null);
    case "members_full":
      return err({ code: refusal, most: MOST_PEOPLE });
    case "inviter_full":
    case "organisation_full": {
      const whose = refusal === "inviter_full" ? "inviter" : "organisation";
      return err({ code: "invitations_full", most: MOST_OPEN, whose });
    }
    default:
      return err({ code: refusal });
  }
}

/** Nobody belongs to an organisation before they accept it themselves. */
export async function answerInvitation(
  { organisations }: Needs,
  person: AccountId,
  answer: { org: string; joins: boolean },
): Promise<Result<null, OrganisationError>> {
  const came = await organisations.answerInvitation(person, answer);
  if (came === "answered") return ok(null);
  return err(came === "invitation_expired" ? { code: came, days: INVITED_DAYS } : { code: came });
}

type Full = "members_full" | "organisation_full" | "inviter_full";
type Refusal = "organisation_not_found" | "admin_needed" | "admin_last" | Full;
type Before = { now: Organisation; asking: number; by: AccountId };

function refusalOf({ now, asking, by }: Before, change: Change): Refusal | null {
  const { members } = now;
  const mine = members.find(({ person }) => person === by);
  if (!mine) return "organisation_not_found"; // whoever is outside learns nothing of it
  const leaves = "gone" in change && change.gone === by;
  if (!leaves && !mine.roles.includes("admin")) return "admin_needed";
  const changed = "gone" in change ? change.gone : change.person;
  const full = "gone" in change ? null : fullFor(change.person, now, asking);
  if (full) return full;
  const stays = !("gone" in change) && change.roles.includes("admin");
  const others = members.some(({ person, roles }) => person !== changed && roles.includes("admin"));
  return stays || others ? null : "admin_last";
}

/** Whether there is no room for one more. Whoever is in it or invited already takes none. */
function fullFor(person: AccountId, { members, invited }: Organisation, asking: number): Full | null {
  if ([...members, ...invited].some((each) => each.person === person)) return null;
  if (members.length + invited.length >= MOST_PEOPLE) return "members_full";
  if (invited.length >= MOST_OPEN) return "organisation_full";
  return asking >= MOST_OPEN ? "inviter_full" : null;
}
