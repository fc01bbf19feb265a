import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";

export type RetryLetterError = { code: "letter_not_found" } | { code: "letter_replaced" };

/** Gives a run a letter again that it could not take, as if it had been written when it was. */
export async function retryLetter(
  services: Pick<Services, "stopped">,
  { owner, letter }: { owner: AccountId; letter: bigint },
): Promise<Result<{ letter: bigint }, RetryLetterError>> {
  const retried = await services.stopped.retryLetter(owner, letter);
  return retried === "retried" ? ok({ letter }) : err({ code: retried });
}
