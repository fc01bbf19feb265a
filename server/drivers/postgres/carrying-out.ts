import type { AgentId } from "@/flows/basics/ids";
import type { Ports } from "@/flows/ports/ports";
import { type Effect, perform } from "@/flows/run/perform";
import type { CallRates, Rate } from "./call-rates";
import type { CarriedOut, Work } from "./held-run";
import { type AtOnce, fairGate } from "./turns";

/** What one worker does at once, and how often an agent is called for an owner by all of them; null for as often as can be. */
export type Limits = { callsOfAgent: number; callsOfOwner: number; rate: Rate | null };

export const LIMITS = {
  callsOfAgent: 16,
  callsOfOwner: 32,
  rate: { perMinute: 100, burst: 200 },
} satisfies Limits;

// So many owners' slow agents fill all places for calls before the next has to wait for one.
const OWNERS_AT_ONCE = 4;
// They take milliseconds, and a handful of connections carry them.
const MOVES_AT_ONCE: AtOnce = { room: 32, eachOwner: 32, eachAgent: 32 };

/** Hears of each call that delivered how long it took, from when it was sent. What it does cannot fail a call. */
export type OnDelivered = (call: { agent: AgentId; ms: number }) => void;

type CarryingOutOptions = {
  ports: Ports;
  limits: Limits;
  rates: CallRates | null;
  onDelivered?: OnDelivered | undefined;
};

/**
 * Carries commands out within the limits: a call first gets its turn from the rate, then a place among the calls under
 * way. One that has to wait for its turn goes back to its run, and holds no place meanwhile. Movements of money never
 * stand behind calls. Errors: a rate that cannot be asked throws, and nothing is sent.
 */
export function carryingOut({
  ports,
  limits,
  rates,
  onDelivered,
}: CarryingOutOptions): (work: Work) => Promise<CarriedOut> {
  const { callsOfOwner, callsOfAgent } = limits;
  const calls = fairGate({ room: OWNERS_AT_ONCE * callsOfOwner, eachOwner: callsOfOwner, eachAgent: callsOfAgent });
  const moves = fairGate(MOVES_AT_ONCE);

  return async (work) => {
    const { owner, plan, command, begin } = work;
    const agent = agentOf(work);
    if (rates && agent !== null && !work.admitted) {
      const waitMs = await rates.turnIn({ owner, agent });
      if (waitMs > 0) return { notBeforeMs: ports.clock.now() + waitMs };
    }
    const gate = command.do === "call" ? calls : moves;
    return gate({ owner, agent }, async () => {
      if (!(await begin())) return "skipped";
      const sentMs = ports.clock.now();
      const answer = await perform(plan, command, ports);
      if (agent !== null && answer?.type === "call_delivered") onDelivered?.({ agent, ms: ports.clock.now() - sentMs });
      return answer;
    });
  };
}

/** The agent that a command calls; null for one that calls none. */
export function agentOf({ plan, command }: { plan: Work["plan"]; command: Effect }): AgentId | null {
  if (command.do !== "call") return null;
  const instruction = plan.steps[command.step]?.instruction;
  return instruction?.op === "call" ? instruction.agent : null;
}
