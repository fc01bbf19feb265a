import type { AccountId, AgentId, Digest, RunId, StepId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Plan } from "@/flows/plan/plan";
import { indexOfPlan } from "@/flows/plan/plan-index";
import { schemaAt } from "@/flows/run/decide";
import { type Debug, type Mock, NO_DEBUG, type Pinned, type Stop } from "@/flows/run/events";
import { recordingOf } from "@/flows/run/recording";
import { spotKey, spotOn } from "@/flows/run/spots";
import { validate } from "@/flows/types/validate";
import type { Services } from "../services";

export type DebugError =
  | { code: "pin_invalid"; step: StepId; problem: string }
  | { code: "mock_invalid"; agent: AgentId; problem: string }
  | { code: "pins_too_many"; most: number }
  | { code: "recording_not_found"; run: RunId }
  | { code: "step_not_found"; step: StepId };

/** One step whose output is taken from what the person wrote, and which is neither called nor paid. */
export type PinAsked = { step: StepId; path: readonly number[]; output: Record<string, Json> };
/** What an agent is taken to deliver: always the same, or what it delivered in an earlier run of this very plan. */
export type MockAsked = { agent: AgentId } & (
  | { by: "fixed"; output: Record<string, Json> }
  | { by: "recorded"; run: RunId }
);
export type DebugAsked = {
  stops?: readonly Stop[] | undefined;
  pins?: readonly PinAsked[] | undefined;
  mocks?: readonly MockAsked[] | undefined;
};

/** More would make the event that starts the run too large to be written at once. */
export const MOST_PINS = 5_000;

type About = { owner: AccountId; plan: Plan; hash: Digest };
type Needs = Pick<Services, "runs" | "values">;

/**
 * What a person asks to look at, held against the plan: an output that is pinned or mocked fits the schema of the agent
 * that it stands for, so that nothing behind it meets a value that its agent could not have delivered.
 */
export async function debugOf(
  services: Needs,
  about: About,
  { stops = [], pins = [], mocks = [] }: DebugAsked,
): Promise<Result<Debug, DebugError>> {
  const unknown = stops.find((stop) => "step" in stop && !indexOfPlan(about.plan).placeOf.has(stop.step));
  if (unknown && "step" in unknown) return err({ code: "step_not_found", step: unknown.step });
  const pinned: Record<string, Pinned> = {};
  const mocked: Record<AgentId, Mock> = {};
  for (const mock of mocks) {
    const made = mock.by === "fixed" ? await fixed(services, about.plan, mock) : await recorded(services, about, mock);
    if (!made.ok) return made;
    Object.assign(pinned, made.value.pins);
    mocked[mock.agent] = made.value.mock;
  }
  for (const pin of pins) {
    const output = await outputOf(services, about.plan, pin);
    if (!output.ok) return output;
    pinned[spotKey(pin.step, pin.path)] = { port: "done", output: output.value, gives: null };
  }
  if (Object.keys(pinned).length > MOST_PINS) return err({ code: "pins_too_many", most: MOST_PINS });
  return ok({ ...NO_DEBUG, stops, pins: pinned, mocks: mocked });
}

type Mocked = Result<{ mock: Mock; pins: Record<string, Pinned> }, DebugError>;

async function fixed(
  { values }: Needs,
  plan: Plan,
  { agent, output }: Extract<MockAsked, { by: "fixed" }>,
): Promise<Mocked> {
  const calls = callsOf(plan, agent);
  if (calls.length === 0) return err({ code: "mock_invalid", agent, problem: "No step of this flow calls it." });
  for (const { instruction } of calls) {
    const fits = validate(schemaAt(plan, instruction.output), output);
    if (!fits.ok) return err({ code: "mock_invalid", agent, problem: `${fits.error.at} ${fits.error.problem}`.trim() });
  }
  return ok({ mock: { by: "fixed", output: await values.put(output) }, pins: {} });
}

/** What the calls of an agent came to in an earlier run. A call of which nothing was recorded fails, and is not made. */
async function recorded(
  { runs }: Needs,
  { owner, plan, hash }: About,
  { agent, run }: Extract<MockAsked, { by: "recorded" }>,
): Promise<Mocked> {
  const found = await runs.find(owner, run);
  if (found?.plan !== hash) return err({ code: "recording_not_found", run });
  const entries = await runs.events(run, 0);
  const { pins } = recordingOf(
    plan,
    entries.map(({ event }) => event),
  );
  const own = new Set<string>(callsOf(plan, agent).map(({ id }) => id));
  const kept = Object.entries(pins).filter(([key]) => own.has(key.split("@")[0] ?? ""));
  return ok({ mock: { by: "recorded" }, pins: Object.fromEntries(kept) });
}

function callsOf(plan: Plan, agent: AgentId) {
  return plan.steps.flatMap(({ id, instruction }) =>
    instruction.op === "call" && instruction.agent === agent ? [{ id, instruction }] : [],
  );
}

async function outputOf(
  { values }: Needs,
  plan: Plan,
  { step, path, output }: PinAsked,
): Promise<Result<Digest, DebugError>> {
  const place = indexOfPlan(plan).placeOf.get(step);
  const instruction = place === undefined ? undefined : plan.steps[place]?.instruction;
  if (place === undefined || !instruction || !spotOn(plan, place, path)) return err({ code: "step_not_found", step });
  if (instruction.op !== "call" && instruction.op !== "model")
    return err({ code: "pin_invalid", step, problem: "Only what an agent or a model delivers can be pinned." });
  const fits = validate(schemaAt(plan, instruction.output), output);
  if (!fits.ok) return err({ code: "pin_invalid", step, problem: `${fits.error.at} ${fits.error.problem}`.trim() });
  return ok(await values.put(output));
}
