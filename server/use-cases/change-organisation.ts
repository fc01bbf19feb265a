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
  | { code: "account_not_found"; account: AccountId };

type Needs = Pick<Services, "accounts" | "organisations">;

export async function foundOrganisation(
  { organisations }: Needs,
  founder: AccountId,
  organisation: { id: string; name: string },
): Promise<Result<null, OrganisationError>> {
  const founded = await organisations.found(founder, organisation);
  return founded ? ok(null) : err({ code: "organisation_taken", id: organisation.id });
}

/** An admin says who belongs to an organisation and what they may do; whoever belongs to it may leave. One admin stays. */
export async function changeOrganisation(
  { accounts, organisations }: Needs,
  by: AccountId,
  { org, change }: { org: string; change: Change },
): Promise<Result<null, OrganisationError>> {
  const person = "gone" in change ? change.gone : change.person;
  if (!(await accounts.find(person))) return err({ code: "account_not_found", account: person });
  const refusal = await organisations.change(org, change, (now) => refusalOf(now, by, change));
  return refusal === null ? ok(null) : err({ code: refusal });
}

type Refusal = "organisation_not_found" | "admin_needed" | "admin_last";

function refusalOf({ members }: Organisation, by: AccountId, change: Change): Refusal | null {
  const mine = members.find(({ person }) => person === by);
  if (!mine) return "organisation_not_found"; // whoever is outside learns nothing of it
  const leaves = "gone" in change && change.gone === by;
  if (!leaves && !mine.roles.includes("admin")) return "admin_needed";
  const changed = "gone" in change ? change.gone : change.person;
  const stays = !("gone" in change) && change.roles.includes("admin");
  const others = members.some(({ person, roles }) => person !== changed && roles.includes("admin"));
  return stays || others ? null : "admin_last";
}
