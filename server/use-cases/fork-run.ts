import type { AccountId, Digest, RunId, StepId } from "@/flows/basics/ids";
import { err, type Result } from "@/flows/basics/result";
import type { Plan } from "@/flows/plan/plan";
import { indexOfPlan } from "@/flows/plan/plan-index";
import { downstreamOf } from "@/flows/run/downstream";
import type { Pinned, RunEvent, Stop } from "@/flows/run/events";
import { recordingOf } from "@/flows/run/recording";
import type { Services } from "../services";
import { type DebugError, MOST_PINS } from "./debug-of";
import { type QueueRunError, queueRun, type RunCurrency } from "./queue-run";

export type ForkRunError =
  | { code: "run_not_found" }
  | { code: "position_unknown"; last: number }
  | { code: "outcome_unsettled"; steps: readonly string[] }
  | Extract<DebugError, { code: "pins_too_many" | "step_not_found" }>
  | QueueRunError;

/**
 * `from` says how much of the other run is taken for done: all that had settled by an event of its journal (`after`, 0
 * takes nothing), or all but one step and what depends on it (`step`).
 */
export type ForkRun = {
  owner: AccountId;
  of: RunId;
  run: RunId;
  from: { after: number } | { step: StepId };
  stops: readonly Stop[];
  workMs?: number | undefined;
};

type Needs = Pick<Services, "clock" | "policies" | "registry" | "runs" | "wallet">;

/**
 * Starts another run of the very same plan with the same input. What is taken for done is neither executed nor paid
 * again; people are asked again, because a consent is about one run. The whole bound is set aside for it, and what is
 * not spent comes back. [R31]
 */
export async function forkRun(services: Needs, ask: ForkRun): Promise<Result<RunId, ForkRunError>> {
  const { owner, of, run, from, workMs } = ask;
  const source = await services.runs.find(owner, of);
  const plan = source && (await services.runs.plan(source.plan));
  if (!source || !plan) return err({ code: "run_not_found" });
  const events = (await services.runs.events(of, 0)).map(({ event }) => event);
  const [start] = events;
  const unknown = "after" in from && from.after > events.length;
  if (start?.type !== "run_started" || unknown) return err({ code: "position_unknown", last: events.length });
  const taken = takenFor(plan, events, from);
  if (!taken.ok) return taken;
  const { pins, seq } = taken.value;
  const { flow, flowName, flowVersion, budget } = source;
  if (budget.currency === "usdc_base") return err({ code: "rail_unusable", problem: ON_ESCROW });
  return queueRun(services, {
    ...{ payer: owner, run, plan, hash: source.plan as Digest, input: start.input, flow, flowName, workMs },
    currency: budget.currency as RunCurrency,
    startedBy: "person",
    flowVersion: async () => flowVersion,
    manifests: await services.registry.active(plan),
    debug: { stops: ask.stops, pins, mocks: start.debug?.mocks ?? {}, from: { run: of, seq } },
  });
}

const ON_ESCROW = "This run was paid through an escrow of its own. Start the flow anew to fund another.";

type Taken = { pins: Readonly<Record<string, Pinned>>; seq: number };

function takenFor(plan: Plan, events: readonly RunEvent[], from: ForkRun["from"]): Result<Taken, ForkRunError> {
  const seq = "after" in from ? from.after : events.length;
  const place = "step" in from ? indexOfPlan(plan).placeOf.get(from.step) : null;
  if (place === undefined && "step" in from) return err({ code: "step_not_found", step: from.step });
  const { pins, unsettled } = recordingOf(plan, events.slice(0, seq));
  if (unsettled.length > 0) return err({ code: "outcome_unsettled", steps: unsettled });
  const kept = place == null ? pins : without(pins, plan, downstreamOf(plan, place));
  const tooMany = Object.keys(kept).length > MOST_PINS;
  return tooMany ? err({ code: "pins_too_many", most: MOST_PINS }) : { ok: true, value: { pins: kept, seq } };
}

function without(pins: Taken["pins"], plan: Plan, steps: ReadonlySet<number>): Taken["pins"] {
  const { placeOf } = indexOfPlan(plan);
  const isKept = ([key]: [string, Pinned]) => !steps.has(placeOf.get((key.split("@")[0] ?? "") as StepId) ?? -1);
  return Object.fromEntries(Object.entries(pins).filter(isKept));
}
