import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Version } from "../repos/versions-repo";
import type { Services } from "../services";
import { type Deed, type ListingState, type Mover, moved } from "./listing-states";

export type MoveError =
  | { code: "listing_not_found"; agent: AgentId }
  | { code: "listing_moved"; agent: AgentId; state: ListingState }
  | { code: "reviewer_needed"; account: AccountId }
  | { code: "self_review" };

/**
 * `digest` names what whoever decides was shown of the declaration. `conformance` is the trial whose checks, address and
 * example a reviewer was shown: a version that was handed in with another since is not what they decided on.
 */
type Named = { account: AccountId; agent: AgentId; digest: Digest; deed: Deed; reason: string | null };
export type MoveListing = Named & ({ as: "publisher" } | { as: "reviewer"; conformance: string | null });

type Needs = Pick<Services, "publishers" | "versions">;

/** Takes a version to where a deed leads, when whoever asks may do it from where it stands. Nobody reviews their own. */
export async function moveListing(
  services: Needs,
  ask: MoveListing,
): Promise<Result<{ state: ListingState }, MoveError>> {
  const { account, agent, digest, deed, as } = ask;
  const version = await services.versions.find(agent);
  const barred = await barredFrom(services, { account, agent, as, version });
  if (barred || !version) return err(barred ?? { code: "listing_not_found", agent });
  const to = moved(version.state, deed, as);
  const { conformance } = version;
  const isShown = version.manifest.digest === digest && (ask.as === "publisher" || ask.conformance === conformance);
  if (!to || !isShown) return err({ code: "listing_moved", agent, state: version.state });
  const from = version.state;
  const isMoved = await services.versions.move({ agent, digest, conformance, from, to, reason: ask.reason });
  return isMoved ? ok({ state: to }) : err({ code: "listing_moved", agent, state: version.state });
}

type Asking = { account: AccountId; agent: AgentId; as: Mover; version: Version | null };

async function barredFrom(services: Needs, { account, agent, as, version }: Asking): Promise<MoveError | null> {
  if (as === "publisher") return version?.owner === account ? null : { code: "listing_not_found", agent };
  if (!(await services.publishers.isReviewer(account))) return { code: "reviewer_needed", account };
  return version?.owner === account ? { code: "self_review" } : null;
}

/** Lets be seen again what our probes have hidden. */
export async function unhideListing(
  services: Needs,
  { account, agent }: { account: AccountId; agent: AgentId },
): Promise<Result<null, MoveError>> {
  const version = await services.versions.find(agent);
  const barred = await barredFrom(services, { account, agent, as: "reviewer", version });
  if (barred) return err(barred);
  return (await services.versions.unhide(agent)) ? ok(null) : err({ code: "listing_not_found", agent });
}
