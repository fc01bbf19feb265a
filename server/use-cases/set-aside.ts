import type { AccountId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";

export type SetAsideError = { code: "letter_not_found" } | { code: "run_not_faulted" } | { code: "run_not_found" };
export type WhatStopped = { run: RunId } | { letter: bigint };

/**
 * Takes something off the list of what stopped. A letter is done with. A run stays where it stopped, with what it
 * reserved: only its own journal can tell what is owed, so nothing but going on gives the rest back.
 */
export async function setAside(
  services: Pick<Services, "runs" | "stopped">,
  owner: AccountId,
  what: WhatStopped,
): Promise<Result<null, SetAsideError>> {
  if ("letter" in what)
    return (await services.stopped.setLetterAside(owner, what.letter)) ? ok(null) : err({ code: "letter_not_found" });
  if (await services.stopped.setRunAside(owner, what.run)) return ok(null);
  return err({ code: (await services.runs.find(owner, what.run)) ? "run_not_faulted" : "run_not_found" });
}
