import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import { unreachable } from "../basics/unreachable";
import type { Call, Model } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import type { AgentsError } from "../ports/agents";
import type { ApprovalsError } from "../ports/approvals";
import type { PolicyAsk } from "../ports/policy";
import type { Ports } from "../ports/ports";
import { referredIn, type ValueRef, type ValuesPort } from "../ports/values";
import { validate } from "../types/validate";
import type { Command } from "./commands";
import { decide, type Refusal, schemaAt } from "./decide";
import type { Answer } from "./events";
import { owedBy } from "./owed";
import { askModel } from "./perform-model";
import type { Takes } from "./takes";

/** Commands that go out through a port. Timers, unanswered calls and the end of a run are for the driver itself. */
export type Effect = Extract<
  Command,
  { do: "reserve" | "judge" | "call" | "capture" | "release" | "decide" | "ask" | "withdraw" }
>;

type Outside = Omit<Ports, "clock">;

/**
 * Sends one command through its port, for every driver alike. What comes back is the answer to journal; null when the
 * answer comes later, from people. Errors: whatever the port throws, which is a bug or a broken machine.
 */
export async function perform(plan: Plan, command: Effect, ports: Outside): Promise<Answer | null> {
  switch (command.do) {
    case "reserve":
      return hear(command.with, await ports.credits.reserve(command.with), "funds_reserved");
    case "capture":
      return hear(command.with, await ports.credits.capture(command.with), "funds_captured");
    case "release":
      return hear(command.with, await ports.credits.release(command.with), "funds_released");
    case "call":
      return call(plan, command, ports);
    case "decide":
      return decideStep(plan, command, ports);
    case "judge":
      return judge(command.with, ports);
    case "ask": {
      const { operation } = command.with;
      const asked = await ports.approvals.ask(command.with);
      if (asked.ok) return null;
      return refused(operation, { code: asked.error.code, reason: unasked(asked.error) });
    }
    case "withdraw":
      await ports.approvals.withdraw(command.operation);
      return null;
    default:
      return unreachable(command);
  }
}

function unasked(error: ApprovalsError): string {
  if (error.code === "questions_too_many")
    return `${error.most} questions of whoever started this run wait already, and no more may. Answer or stop some of them first.`;
  return error.code === "approvers_missing"
    ? "Those who may answer cannot come to a yes: too few of them are known, or whoever started the run is one of them."
    : "The question could not be put.";
}

/** Done, refused, or nobody knows: the third is neither of the others. [R3] */
function hear(
  { operation }: Pick<Answer, "operation">,
  result: Result<unknown, { code: string }>,
  type: "funds_reserved" | "funds_captured" | "funds_released",
): Answer {
  if (result.ok) return { type, operation };
  if (result.error.code === "outcome_unknown") return { type: "outcome_lost", operation };
  return refused(operation, { code: result.error.code, reason: "The ledger refused." });
}

/** What goes to the agent and what comes back are both held against its schemas, before anybody is paid. [R11] */
async function call(
  plan: Plan,
  { operation, step, takes, again }: Extract<Effect, { do: "call" }>,
  ports: Outside,
): Promise<Answer> {
  const instruction = callAt(plan, step);
  const given = await gather(takes, ports.values);
  if (!given.ok) return refused(operation, given.error);
  if (instruction.op === "model") return askModel(plan, { operation, instruction, given: given.value }, ports);
  const { agent, manifest, payee, deadlineMs, effect, whole } = instruction;
  const input = whole === undefined ? given.value : (given.value[whole] ?? null);
  const fits = validate(schemaAt(plan, instruction.input), input);
  if (!fits.ok)
    return refused(operation, { code: "input_invalid", reason: `${fits.error.at} ${fits.error.problem}`.trim() });

  const telling = ports.progress.open(operation);
  const once = effect === "once" ? ({ once: true } as const) : {};
  const asked = { operation, agent, manifest, payee, input, deadlineMs, ...once };
  const answer = await ports.agents.call(asked, telling.tell).finally(telling.close);
  if (answer.ok) {
    const { output, detail } = answer.value;
    const good = validate(schemaAt(plan, instruction.output), output);
    const problem = good.ok ? "" : `${good.error.at} ${good.error.problem}`.trim();
    if (!good.ok) return turnedDown(operation, instruction, { code: "output_invalid", reason: problem });
    const owed = owedBy(instruction, answer.value);
    if (!owed.ok) return turnedDown(operation, instruction, owed.error);
    return { type: "call_delivered", operation, output: await ports.values.put(output), ...owed.value, detail };
  }
  return notDelivered({ operation, again }, instruction, answer.error);
}

/** What comes of a call that delivered nothing: refused for good, or an outcome that is asked for again. */
function notDelivered(
  { operation, again }: Pick<Extract<Effect, { do: "call" }>, "operation" | "again">,
  instruction: Call,
  error: AgentsError,
): Answer {
  const { effect, catches } = instruction;
  switch (error.code) {
    case "agent_refused":
      return turnedDown(operation, instruction, error);
    case "operation_reused":
      return refused(operation, { code: "operation_reused", reason: "The agent knows this call with another input." });
    case "agent_unreachable":
      // Nothing was sent. What is asked for only once has failed by that, and nobody has to be asked what came of it. [R3]
      if (effect === "once") return refused(operation, { code: "agent_unavailable", reason: error.reason });
      // Whoever has another agent to call need not wait until this one is called again, unless it may be at work on an
      // earlier try: both would do the work. [R41]
      if (error.resting && catches && !again)
        return refused(operation, { code: "agent_resting", reason: error.reason });
      return { type: "outcome_lost", operation };
    case "agent_at_work":
      return { type: "outcome_lost", operation, atWork: true };
    case "outcome_unknown":
      return { type: "outcome_lost", operation };
    default:
      return unreachable(error);
  }
}

/** An agent that was asked may have done its work, whatever it said: what may happen only once ends there. [R3] */
function turnedDown(operation: Answer["operation"], { effect }: Call, refusal: Refusal): Answer {
  const answer = refused(operation, refusal);
  return effect === "once" ? { ...answer, final: true } : answer;
}

async function decideStep(
  plan: Plan,
  { operation, step, part, takes }: Extract<Effect, { do: "decide" }>,
  ports: Outside,
): Promise<Answer> {
  const instruction = plan.steps[step]?.instruction;
  if (!instruction) throw new RangeError(`the plan has no step ${step}`);
  const given = await gather(takes, ports.values);
  if (!given.ok) return refused(operation, given.error);
  const decided = decide(plan, { instruction, part, given: given.value });
  if (!decided.ok) return refused(operation, decided.error);
  const { value } = decided;
  const decision = "makes" in value ? { output: await ports.values.put(value.makes) } : value;
  return { type: "decided", operation, decision };
}

/** Rules that cannot be found deny; a verdict that got lost is asked for again. Nothing is paid without one. [R16] */
async function judge(ask: PolicyAsk, { policy }: Outside): Promise<Answer> {
  const { operation } = ask;
  const judged = await policy.judge(ask);
  if (judged.ok) return { type: "judged", operation, judgement: judged.value };
  if (judged.error.code === "outcome_unknown") return { type: "outcome_lost", operation };
  return refused(operation, { code: judged.error.code, reason: "The policy could not be asked." });
}

/** The values behind the references. A property that is not there stays away, as an optional output may. */
export async function gather(takes: Takes, values: ValuesPort): Promise<Result<Record<string, Json>, Refusal>> {
  const gathered: Record<string, Json> = {};
  for (const [name, ref] of Object.entries(takes)) {
    const found = await lookUp(ref, values);
    if (!found.ok) return found;
    if (found.value !== undefined) gathered[name] = found.value;
  }
  return ok(gathered);
}

async function lookUp(ref: ValueRef, values: ValuesPort): Promise<Result<Json | undefined, Refusal>> {
  if (ref.from === "constant") return ok(ref.value);
  const whole = await values.get(ref.digest);
  if (whole === null) return err({ code: "value_lost", reason: `No value is kept under ${ref.digest}.` });
  return ok(referredIn(whole, ref));
}

function callAt(plan: Plan, step: number): Call | Model {
  const instruction = plan.steps[step]?.instruction;
  if (instruction?.op !== "call" && instruction?.op !== "model") throw new TypeError(`step ${step} calls nobody`);
  return instruction;
}

function refused(
  operation: Answer["operation"],
  { code, reason }: Refusal,
): Extract<Answer, { type: "effect_refused" }> {
  return { type: "effect_refused", operation, code, reason };
}
