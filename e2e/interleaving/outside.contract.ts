import { AccountId, type OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { err, type Result } from "@/flows/basics/result";
import { randomAgents } from "@/flows/compile/random-pieces.contract";
import type { AgentCall, AgentsError, Delivery } from "@/flows/ports/agents";
import type { CreditsPort } from "@/flows/ports/credits";
import type { PolicyVerdict } from "@/flows/ports/policy";
import type { Ports } from "@/flows/ports/ports";
import { type Around, fatedAgent } from "@/flows/simulator/conformance/around.contract";
import { simulateCredits } from "@/flows/simulator/credits";
import { firstAnswers } from "@/flows/simulator/first-answers";
import { simulateModels } from "@/flows/simulator/models";
import { simulatePolicy } from "@/flows/simulator/policy";
import { simulateProgress } from "@/flows/simulator/progress";
import { memoryValues } from "@/flows/simulator/values";
import { postgresApprovals } from "@/server/adapters/approvals/postgres";
import { systemClock } from "@/server/adapters/clock/system";
import { isConnectionLost } from "@/server/adapters/connection";
import { eve, PURSE } from "@/server/drivers/postgres/rig.contract";
import type { Gates } from "./gates.contract";

const onceOnly: readonly string[] = [...randomAgents].filter(([, { effect }]) => effect === "once").map(([id]) => id);
export const PAYEES = ["acme", "bolt", "cora", "dan"].map((name) => AccountId.parse(name));
type Called = Result<Delivery, AgentsError>;

export type OutsideOptions = {
  /** Credits in memory, unless a ledger is given. */
  ledger?: CreditsPort;
  agent: (ask: AgentCall) => Called;
  verdict?: (run: string) => PolicyVerdict;
};

/** What all workers reach alike, and what it has seen of them. */
export function outside({ ledger, agent, verdict = () => ({ verdict: "allow" }) }: OutsideOptions) {
  const simulated = simulateCredits([
    { owner: eve, balance: money("microcredits", PURSE) },
    ...PAYEES.map((owner) => ({ owner, balance: money("microcredits", 0n) })),
  ]);
  const arrivals = new Map<OperationId, number>(); // of calls that may be made a single time
  const once = firstAnswers<Delivery>();
  let run = "";
  const policy = simulatePolicy(() => verdict(run));
  return {
    /** Calls that may be made a single time and came more often. */
    repeated: () => [...arrivals].filter(([, times]) => times > 1).map(([operation]) => operation),
    balance: (owner: AccountId) => simulated.balance(owner, "microcredits"),
    credits: ledger ?? simulated,
    values: memoryValues(),
    policy: {
      judge: (ask: Parameters<typeof policy.judge>[0]) => {
        run = ask.run;
        return policy.judge(ask);
      },
    },
    agents: {
      async call(ask: AgentCall): Promise<Called> {
        if (onceOnly.includes(ask.agent)) arrivals.set(ask.operation, (arrivals.get(ask.operation) ?? 0) + 1);
        return once(ask, () => agent(ask));
      },
    },
  };
}

export type Outside = ReturnType<typeof outside>;
type Unknown = { code: "outcome_unknown"; reason: string };

/** The ports of one worker. Each call passes a gate on its way out and another on its way back, where it may get lost. */
export function gatedPorts(
  { agents, credits, policy, values }: Outside,
  { gates, who, pool }: { gates: Gates; who: string; pool: Parameters<typeof postgresApprovals>[0] },
): Ports {
  const reach = <T>(what: string, work: () => Promise<T>) => gates.reach({ who, what, breaks: true }, work);
  const lossy = <Ask extends { operation: OperationId }, T, E>(
    what: string,
    work: (ask: Ask) => Promise<Result<T, E>>,
  ) => {
    return (ask: Ask): Promise<Result<T, E | Unknown>> =>
      reach(`${what} ${ask.operation}`, () => work(ask)).catch((problem: unknown) => {
        if (!isConnectionLost(problem)) throw problem;
        return err({ code: "outcome_unknown", reason: "The answer was lost." });
      });
  };
  // The ledger speaks to the database, whose statements pass gates of their own.
  const isLedger = !("balance" in credits);
  return {
    clock: systemClock(),
    approvals: postgresApprovals(pool),
    agents: { call: lossy("call", agents.call) },
    models: simulateModels(new Map()),
    policy: { judge: lossy("judge", policy.judge) },
    progress: simulateProgress(),
    credits: isLedger
      ? credits
      : {
          reserve: lossy("reserve", credits.reserve),
          capture: lossy("capture", credits.capture),
          release: lossy("release", credits.release),
        },
    values: {
      put: (value) => reach("put", () => values.put(value)),
      get: (digest) => reach("get", () => values.get(digest)),
    },
  };
}

/** An agent that delivers for its price. */
export function delivers({ agent }: AgentCall): Called {
  return fatedAgent({ fates: ["pays"] }).answer({ agent });
}

export function refuses(): Called {
  return err({ code: "agent_refused", reason: "no" });
}

/** An agent with fates, which says the same again to the same call: only what was lost on the way it says anew. */
export function fated(around: Pick<Around, "fates">): (ask: AgentCall) => Called {
  const agent = fatedAgent(around);
  const said = new Map<OperationId, Called>();
  return (ask) => {
    const answer = said.get(ask.operation) ?? agent.answer(ask);
    const heard = answer.ok || !["outcome_unknown", "agent_unreachable"].includes(answer.error.code);
    if (heard) said.set(ask.operation, answer);
    return answer;
  };
}
