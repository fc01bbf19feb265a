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

/** `digest` names what whoever decides was shown. */
export type MoveListing = { account: AccountId; agent: AgentId; digest: Digest; deed: Deed; reason: string | null };

type Needs = Pick<Services, "publishers" | "versions">;

/** Takes a version to where a deed leads, when whoever asks may do it from where it stands. Nobody reviews their own. */
export async function moveListing(
  services: Needs,
  ask: MoveListing & { as: Mover },
): Promise<Result<{ state: ListingState }, MoveError>> {
  const { account, agent, digest, deed, as } = ask;
  const version = await services.versions.find(agent);
  const barred = await barredFrom(services, { account, agent, as, version });
  if (barred || !version) return err(barred ?? { code: "listing_not_found", agent });
  const to = moved(version.state, deed, as);
  if (!to || version.manifest.digest !== digest) return err({ code: "listing_moved", agent, state: version.state });
  const isMoved = await services.versions.move({ agent, digest, from: version.state, to, reason: ask.reason });
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
