import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { TrialRun } from "../repos/drafts-repo";
import type { Publisher } from "../repos/publishers-repo";
import type { Version } from "../repos/versions-repo";
import type { Services } from "../services";
import { nameOf } from "./publish-agent";

/** What a reviewer decides by. `own` says that it is theirs, which somebody else has to look at. */
export type Reviewed = {
  version: Version;
  before: Version | null;
  trial: TrialRun | null;
  own: boolean;
  publisher: Pick<Publisher, "proof" | "provedBy" | "origins"> | null;
};
export type ReviewError = { code: "reviewer_needed"; account: AccountId };

export async function reviewOf(
  { drafts, publishers, versions }: Pick<Services, "drafts" | "publishers" | "versions">,
  account: AccountId,
): Promise<Result<Reviewed[], ReviewError>> {
  if (!(await publishers.isReviewer(account))) return err({ code: "reviewer_needed", account });
  const waiting = await versions.pending();
  const shown = waiting.map(async (version): Promise<Reviewed> => {
    const { agent } = version.manifest;
    const [before, trial, named] = await Promise.all([
      versions.newest(nameOf(agent), agent),
      version.conformance ? drafts.trial(version.conformance) : null,
      publishers.find(agent.replace(/\/.*$/, "")),
    ]);
    const publisher = named && { proof: named.proof, provedBy: named.provedBy, origins: named.origins };
    return { version, before, trial, own: version.owner === account, publisher };
  });
  return ok(await Promise.all(shown));
}
