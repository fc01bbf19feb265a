import { AccountId, type AgentId, RunId } from "../basics/ids";
import type { Json } from "../basics/json";
import { type Money, money } from "../basics/money";
import { digestOf } from "../plan/digest";
import type { Plan } from "../plan/plan";
import type { Question } from "../ports/approvals";
import type { ModelAsk } from "../ports/models";
import type { PolicyAction, PolicyVerdict } from "../ports/policy";
import type { Terms } from "../run/events";
import { inCurrency } from "../run/preflight";
import { type Behaviour, simulateAgents } from "./agents";
import { type Reply, simulateApprovals } from "./approvals";
import type { SimulatedPorts } from "./carry-out";
import { virtualClock } from "./clock";
import { type SimulatedCredits, simulateCredits } from "./credits";
import { simulateModels, type Thought } from "./models";
import { simulatePolicy } from "./policy";
import { type SimulatedProgress, simulateProgress } from "./progress";
import { memoryValues } from "./values";

/** Everything around one run, held in memory: for tests, and for trying a flow without paying. */
export type World = {
  ports: SimulatedPorts & { credits: SimulatedCredits; progress: SimulatedProgress };
  performed(): readonly string[];
  /** What models were asked. */
  asked(): readonly ModelAsk[];
  terms(input: Json): Promise<Terms>;
};

export type WorldOptions = {
  payer: AccountId;
  purse: Money;
  agents: ReadonlyMap<AgentId, Behaviour>;
  models?: ReadonlyMap<string, Thought>;
  person: (question: Question) => Reply | null;
  /** What the policy says of each payment; without it the run is under no policy. */
  policy?: (action: PolicyAction) => PolicyVerdict;
};

const NO_MODELS: ReadonlyMap<string, Thought> = new Map();

/** `purse` is what the payer has at first; every payee of the plan has an account, and `budget` is the plan's bound. */
export function simulateWorld(plan: Plan, options: WorldOptions): World {
  const { payer, purse, agents, models = NO_MODELS, person, policy } = options;
  const { currency } = purse;
  const payees = plan.authority.payees.map(({ payee }) => ({ owner: payee, balance: money(currency, 0n) }));
  const called = simulateAgents(agents);
  const thinking = simulateModels(models);
  const ports = {
    agents: called,
    approvals: simulateApprovals(person),
    clock: virtualClock(),
    models: thinking,
    credits: simulateCredits([...payees, { owner: payer, balance: purse }]),
    policy: simulatePolicy(policy ?? (() => ({ verdict: "allow" }))),
    progress: simulateProgress(),
    values: memoryValues(),
  };
  const bound = plan.bound.reduce((total, part) => total + (inCurrency(part, currency) ?? part).amount, 0n);
  return {
    ports,
    performed: called.performed,
    asked: thinking.asked,
    terms: async (input) => ({
      run: RunId.parse("r"),
      plan: digestOf(plan),
      payer: AccountId.parse(payer),
      budget: money(currency, bound),
      input: await ports.values.put(input),
      policy: policy ? digestOf("policy") : null,
    }),
  };
}
