import { err } from "@/flows/basics/result";
import type { AgentsPort } from "@/flows/ports/agents";
import { type BreakerOptions, circuits } from "../circuits";

type Answer = Awaited<ReturnType<AgentsPort["call"]>>;

/**
 * Spares an agent that keeps failing, and those who wait for it: its calls are refused before they are made, which costs
 * nothing and can be tried again. An agent that answers is well, also when it refuses or is busy. A call that is made only
 * once is not kept back: its run would have to ask a person what came of it.
 */
export function withBreaker(port: AgentsPort, options: BreakerOptions): AgentsPort {
  const { restOf, watch } = circuits(options);
  return {
    async call(ask, hear) {
      const reason = ask.once ? null : restOf(ask.agent);
      if (reason !== null) return err({ code: "agent_unreachable", resting: true, reason });
      return watch(ask.agent, () => port.call(ask, hear), hasFailed);
    },
  };
}

function hasFailed(answer: Answer): boolean {
  if (answer.ok) return false;
  const { error } = answer;
  return error.code === "outcome_unknown" || (error.code === "agent_unreachable" && !error.answered);
}
