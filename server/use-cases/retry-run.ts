import type { AccountId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";

export type RetryRunError = { code: "run_not_found" } | { code: "run_not_faulted" };

/** Lets a run go on from its journal that stopped at a fault of ours, once what was wrong is mended. It repeats nothing. */
export async function retryRun(
  services: Pick<Services, "runs">,
  { owner, run }: { owner: AccountId; run: RunId },
): Promise<Result<{ run: RunId }, RetryRunError>> {
  if (await services.runs.retry(owner, run)) return ok({ run });
  const found = await services.runs.find(owner, run);
  return err({ code: found ? "run_not_faulted" : "run_not_found" });
}
