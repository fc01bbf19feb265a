import type { RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { ok, type Result } from "@/flows/basics/result";
import type { Refused } from "@/flows/triggers/admit";
import { inputOfStart } from "@/flows/triggers/run-input";
import type { KnownStart } from "@/flows/triggers/turned-on";
import type { Services } from "../services";
import type { RunCurrency } from "./queue-run";
import { type StartRunError, startRun } from "./start-run";

/** Why a firing started nothing. */
export type StartCause =
  | StartRunError
  | Refused
  | { code: "body_malformed" }
  | { code: "start_broken" }
  | { code: "times_missed"; from: string; to: string }
  | { code: "trigger_off" };

export type CarryOutNeeds = Pick<
  Services,
  "clock" | "flows" | "policies" | "registry" | "runs" | "triggers" | "values" | "wallet"
>;

/**
 * Starts the run of a firing that is written down: under the cap of the day, on the terms that were agreed to, and as any
 * run is started. Done twice, or by two at once, it comes to one run, because its id is written down with the firing.
 */
export async function carryOutStart(
  services: CarryOutNeeds,
  start: Pick<KnownStart, "trigger" | "key" | "run"> & { brings: Json },
): Promise<Result<RunId, StartCause>> {
  const admitted = await services.triggers.admit(start);
  if (!admitted.ok) {
    await services.triggers.settle(start, admitted.error);
    return admitted;
  }
  const { owner, flow, flowVersion, node, plan, bound, input, firing } = admitted.value;
  const started = await startRun(services, {
    ...{ owner, flow, run: start.run, plan },
    currency: bound.currency as RunCurrency, // what was turned on is on one of the two rails
    input: inputOfStart(node, input, start.brings),
    trigger: { on: firing.on, flowVersion },
  });
  await services.triggers.settle(start, started.ok ? null : started.error);
  return started.ok ? ok(start.run) : started;
}
