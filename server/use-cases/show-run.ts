import type { AccountId, Digest, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import type { FlowDocument } from "@/flows/graph/graph";
import type { Plan } from "@/flows/plan/plan";
import type { Debug, Stop } from "@/flows/run/events";
import { type StepView, viewOf } from "@/flows/run/view";
import type { JournalEntry, RunInList } from "../repos/runs-repo";
import type { Services } from "../services";

export type ShowRunError = { code: "run_not_found" };
export type ValueError = { code: "run_not_found" } | { code: "value_not_found" };

/** `seq` says as of which event; `paused` whether it goes on only when its payer says so; `stops` where it halts. */
export type ShownRun = {
  run: RunInList;
  plan: Plan;
  document: FlowDocument;
  steps: readonly StepView[];
  seq: number;
  paused: boolean;
  stops: readonly Stop[];
  forkOf: Debug["from"];
};

/** A run with every step, read from its journal and nothing else: as it stands, or as it stood `until` an event. */
export async function showRun(
  services: Pick<Services, "flows" | "runs">,
  { owner, run: id, until }: { owner: AccountId; run: RunId; until?: number | undefined },
): Promise<Result<ShownRun, ShowRunError>> {
  const run = await services.runs.find(owner, id);
  if (!run) return err({ code: "run_not_found" });
  const [plan, entries, document] = await Promise.all([
    services.runs.plan(run.plan),
    services.runs.events(id, 0),
    services.flows.version(run.flow, run.flowVersion),
  ]);
  if (!plan || !document) throw new Error(`run ${id} has lost its plan or its drawing`);
  const events = entries.slice(0, until).map(({ event }) => event);
  const { state, steps } = viewOf(plan, events);
  const halts = { paused: state?.paused ?? false, stops: state?.debug?.stops ?? [] };
  return ok({ run, plan, document, steps, seq: events.length, ...halts, forkOf: state?.debug?.from ?? null });
}

/** The journal of a run behind its event `after`, for the person who paid for it. */
export async function showEvents(
  services: Pick<Services, "runs">,
  { owner, run, after }: { owner: AccountId; run: RunId; after: number },
): Promise<Result<readonly JournalEntry[], ShowRunError>> {
  if (!(await services.runs.find(owner, run))) return err({ code: "run_not_found" });
  return ok(await services.runs.events(run, after));
}

/** A value of a run, for the person who paid for it. A digest that the run never mentions is not shown. */
export async function showValue(
  services: Pick<Services, "runs" | "values">,
  { owner, run, digest }: { owner: AccountId; run: RunId; digest: Digest },
): Promise<Result<Json, ValueError>> {
  if (!(await services.runs.find(owner, run))) return err({ code: "run_not_found" });
  const entries = await services.runs.events(run, 0);
  if (!mentions(entries, digest)) return err({ code: "value_not_found" });
  const value = await services.values.get(digest);
  return value === null ? err({ code: "value_not_found" }) : ok(value);
}

function mentions(entries: readonly JournalEntry[], digest: Digest): boolean {
  return entries.some(({ event }) => {
    if (event.type === "run_started") return event.input === digest || standsIn(event.debug, digest);
    if (event.type === "decided") return "output" in event.decision && event.decision.output === digest;
    if (event.type === "outcome_told") return event.delivered?.output === digest;
    return event.type === "call_delivered" && event.output === digest;
  });
}

/** Whether a value was pinned or mocked when the run was started. */
function standsIn(debug: Debug | undefined, digest: Digest): boolean {
  const { pins = {}, mocks = {} } = debug ?? {};
  const outputs = [...Object.values(pins), ...Object.values(mocks)].map((each) =>
    "output" in each ? each.output : null,
  );
  return outputs.includes(digest);
}
