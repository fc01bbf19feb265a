import type { AccountId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Steering } from "@/flows/run/events";
import type { Services } from "../services";

export type SteerRunError = { code: "run_not_found" } | { code: "run_over" } | { code: "mail_full"; run: RunId };

/** What a payer says to a run. Without `by`, which is whoever says it. */
export type Said = Steering extends infer Each ? (Each extends Steering ? Omit<Each, "by"> : never) : never;

/** Pauses a run, lets it go on, or says where it is to stop. `request` makes saying it twice the same as once. */
export async function steerRun(
  services: Pick<Services, "inbox" | "runs">,
  { owner, run, request, said }: { owner: AccountId; run: RunId; request: string; said: Said },
): Promise<Result<{ run: RunId }, SteerRunError>> {
  const found = await services.runs.find(owner, run);
  if (!found) return err({ code: "run_not_found" });
  if (found.finishedAt) return err({ code: "run_over" });
  const posted = await services.inbox.post({ run, key: `${said.type} ${request}`, event: { ...said, by: owner } });
  return posted === "mail_full" ? err({ code: "mail_full", run }) : ok({ run });
}
