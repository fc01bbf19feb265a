import type { AccountId, TriggerId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";
import { placeOf } from "./turn-on-trigger";

export type RotateSecretError = { code: "trigger_not_found" };

/** Gives a webhook another secret, told this once. The one before counts for one more day, so that senders can follow. */
export async function rotateTriggerSecret(
  { triggers, triggerSecrets }: Pick<Services, "triggers" | "triggerSecrets">,
  { owner, trigger }: { owner: AccountId; trigger: TriggerId },
): Promise<Result<{ secret: string }, RotateSecretError>> {
  const place = await triggers.ownHook(owner, trigger);
  if (!place) return err({ code: "trigger_not_found" });
  const secret = triggerSecrets.fresh();
  await triggers.rotateSecret(trigger, triggerSecrets.seal(secret, placeOf(place)));
  return ok({ secret });
}
