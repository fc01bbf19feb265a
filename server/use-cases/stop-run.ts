import type { AccountId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";

export type StopRunError = { code: "run_not_found" } | { code: "run_over" };

/** Asks a run to end. What is under way comes to its own end first; nothing new is opened. */
export async function stopRun(
  services: Pick<Services, "inbox" | "runs">,
  { owner, run }: { owner: AccountId; run: RunId },
): Promise<Result<{ run: RunId }, StopRunError>> {
  const found = await services.runs.find(owner, run);
  if (!found) return err({ code: "run_not_found" });
  if (found.finishedAt) return err({ code: "run_over" });
  const event = { type: "cancel_asked", by: owner } as const;
  await services.inbox.post({ run, key: "cancel", event });
  return ok({ run });
}
