import { err } from "@/flows/basics/result";
import type { AgentsPort } from "@/flows/ports/agents";
import type { ClockPort } from "@/flows/ports/clock";

/** Of an agent that failed `failures` of its last `calls` calls none is made for `restMs`; then one tries it out. */
export type BreakerOptions = { clock: ClockPort; failures?: number; calls?: number; restMs?: number };

type Circuit = { last: boolean[]; openUntilMs: number | null; isTrying: boolean };
type Answer = Awaited<ReturnType<AgentsPort["call"]>>;

const MOST_AGENTS = 10_000;

/**
 * Spares an agent that keeps failing, and those who wait for it: its calls are refused before they are made, which costs
 * nothing and can be tried again. An agent that answers is well, also when it refuses or is busy. A call that is made only
 * once is not kept back: its run would have to ask a person what came of it.
 */
export function withBreaker(port: AgentsPort, options: BreakerOptions): AgentsPort {
  const { clock, failures = 5, calls = 10, restMs = 30_000 } = options;
  const circuits = new Map<string, Circuit>();

  function circuitOf(agent: string): Circuit {
    const found = circuits.get(agent) ?? { last: [], openUntilMs: null, isTrying: false };
    // The one that was asked for longest ago goes first.
    circuits.delete(agent);
    circuits.set(agent, found);
    if (circuits.size > MOST_AGENTS) circuits.delete(circuits.keys().next().value ?? "");
    return found;
  }

  function note(circuit: Circuit, failed: boolean) {
    circuit.isTrying = false;
    if (circuit.openUntilMs !== null) {
      circuit.openUntilMs = failed ? clock.now() + restMs : null;
      circuit.last = [];
      return;
    }
    circuit.last = [...circuit.last, failed].slice(-calls);
    if (circuit.last.filter(Boolean).length >= failures) circuit.openUntilMs = clock.now() + restMs;
  }

  return {
    async call(ask, hear) {
      const circuit = circuitOf(ask.agent);
      const isResting =
        !ask.once && circuit.openUntilMs !== null && (clock.now() < circuit.openUntilMs || circuit.isTrying);
      if (isResting)
        return err({
          code: "agent_unreachable",
          resting: true,
          reason: `${ask.agent} failed ${failures} of its last ${calls} calls and is not called for a while`,
        });
      circuit.isTrying = circuit.openUntilMs !== null;
      const answer = await port.call(ask, hear).finally(() => {
        circuit.isTrying = false;
      });
      note(circuit, hasFailed(answer));
      return answer;
    },
  };
}

function hasFailed(answer: Answer): boolean {
  if (answer.ok) return false;
  const { error } = answer;
  return error.code === "outcome_unknown" || (error.code === "agent_unreachable" && !error.answered);
}
