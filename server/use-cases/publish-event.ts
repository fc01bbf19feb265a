import { type AccountId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import type { KnownStart } from "@/flows/triggers/turned-on";
import type { QueueError, Services } from "../services";
import { type CarryOutNeeds, carryOutStart, type StartCause } from "./carry-out-start";

export type PublishEventError = Extract<QueueError, { code: "start_key_reused" }> | { code: "event_reserved" };

/** `id` makes publishing twice the same as once. */
export type PublishEvent = { owner: AccountId; event: string; id: string; data: Record<string, Json> };
export type EventStart = Pick<KnownStart, "trigger" | "run"> & { cause: StartCause | null };

/** Events under this name are raised by runs that end, and by nobody else. */
const RESERVED = "run.";

/** Starts every run that its owner's triggers for the event stand for, each under its own cap. */
export async function publishEvent(
  services: CarryOutNeeds & Pick<Services, "ids">,
  { owner, event, id, data }: PublishEvent,
): Promise<Result<EventStart[], PublishEventError>> {
  if (event.startsWith(RESERVED)) return err({ code: "event_reserved" });
  const triggers = await services.triggers.listeningTo(owner, event);
  const starts = triggers.map((trigger) => {
    const run = RunId.parse(services.ids.fresh());
    return { trigger, key: id, run, brings: data, depth: 0 };
  });
  const queued = await services.triggers.queue(starts, null);
  if (!queued.ok) {
    if (queued.error.code === "start_key_reused") return err(queued.error);
    throw new Error("events have no rate"); // none was asked for
  }
  const done: EventStart[] = [];
  for (const { start, isNew } of queued.value) {
    const { trigger, run } = start;
    const answer = isNew ? await carryOutStart(services, { ...start, brings: data }) : null;
    const cause = answer ? (answer.ok ? null : answer.error) : (start.cause as StartCause | null); // our own code wrote it
    done.push({ trigger, run, cause });
  }
  return ok(done);
}
