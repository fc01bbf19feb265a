import { AccountId, AgentId, NodeId, StepId } from "../basics/ids";
import { money } from "../basics/money";
import { digestOf } from "../plan/digest";
import { type Ask, type Call, isPaying } from "../plan/instructions";
import type { Plan, Step } from "../plan/plan";
import type { Gate, Source } from "../plan/sources";
import type { ObjectSchema } from "../types/agent-manifest";

const anything: ObjectSchema = { type: "object", properties: {} };
const nobody: Ask["unlocks"] = { bound: [], payees: [], agents: [] };

/** A call of acme/reader that may cost 30 microcredits, unless `more` says otherwise. */
export function callStep(id: string, gates: readonly Gate[] = [], more: Partial<Call> = {}): Step {
  const instruction: Call = {
    op: "call",
    agent: AgentId.parse("acme/reader@1.0.0"),
    manifest: digestOf("manifest"),
    cap: money("microcredits", 30n),
    price: money("microcredits", 30n),
    payee: AccountId.parse("acme"),
    publisher: "outside",
    effect: "keyed",
    deadlineMs: 60_000,
    retries: 0,
    input: digestOf(anything),
    output: digestOf(anything),
    ...more,
  };
  return stepOf(id, gates, { instruction, takes: {} });
}

/** A question to eve, about the run's input, that waits a minute. */
export function askStep(id: string, gates: readonly Gate[] = [], more: Partial<Ask> = {}): Step {
  const approvers = [AccountId.parse("eve")];
  const instruction: Ask = {
    op: "ask",
    question: "Go on?",
    approvers,
    timeoutMs: 60_000,
    denial: "fails",
    unlocks: nobody,
    ...more,
  };
  return stepOf(id, gates, { instruction, takes: { subject: { from: "input", field: "text" } } });
}

export function chooseStep(id: string, gates: readonly Gate[] = []): Step {
  const cases = [{ port: "yes", when: "value > 1" }];
  return stepOf(id, gates, {
    instruction: { op: "choose", cases, otherwise: "no", reads: {} },
    takes: { value: { from: "constant", value: 2 } },
  });
}

/** These steps as a plan, with the bound and the authority that they come to in a row, each done once. */
export function planOf(steps: readonly Step[], bound = sumOf(steps)): Plan {
  const paying = steps.map(({ instruction }) => instruction).filter(isPaying);
  const asks = steps.flatMap(({ instruction }) => (instruction.op === "ask" ? [instruction] : []));
  const payees = [...new Set(paying.map(({ payee }) => payee))];
  return {
    version: 2,
    input: anything,
    triggers: [],
    schemas: { [digestOf(anything)]: anything },
    steps,
    results: [],
    bound: bound > 0n ? [money("microcredits", bound)] : [],
    time: { workMs: 0, waitMs: 0 },
    authority: {
      payees: payees.map((payee) => ({ payee, cap: money("microcredits", bound) })),
      agents: [...new Set(paying.flatMap((each) => (each.op === "call" ? [each.agent] : [])))],
      approvers: [...new Set(asks.flatMap(({ approvers }) => approvers))],
    },
    data: [],
  };
}

function sumOf(steps: readonly Step[]): bigint {
  return steps.reduce((total, { instruction }) => total + (isPaying(instruction) ? instruction.cap.amount : 0n), 0n);
}

type Body = { instruction: Step["instruction"]; takes: Record<string, Source> };

function stepOf(id: string, gates: readonly Gate[], { instruction, takes }: Body): Step {
  return { id: StepId.parse(id), node: NodeId.parse(id), gates, takes, instruction };
}
