import type { AgentId } from "@/flows/basics/ids";
import { err } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import type { AgentsError, AgentsPort } from "@/flows/ports/agents";
import type { RegistrationFault, RegistrationsPort } from "@/flows/ports/registrations";

/**
 * Whoever is called, once the chain was asked: an agent that is registered there and does not match is not called, and
 * nothing is sent to it. What nobody could say is tried again like an agent that is away.
 */
export function withRegistrations(agents: AgentsPort, registrations: RegistrationsPort): AgentsPort {
  return {
    async call(ask, hear) {
      const checked = await registrations.check(ask.agent, ask.manifest);
      return checked.ok ? agents.call(ask, hear) : err(refusal(ask.agent, checked.error));
    },
  };
}

function refusal(agent: AgentId, fault: RegistrationFault): AgentsError {
  const reason = `${fault.code}: ${words(agent, fault)}`;
  return { code: fault.code === "chain_unknown" ? "agent_unreachable" : "agent_refused", reason };
}

function words(agent: AgentId, fault: RegistrationFault): string {
  switch (fault.code) {
    case "registration_gone":
      return `${agent} was registered on the chain and is not any more; nothing was sent`;
    case "registration_replaced":
      return `${agent} was registered on the chain anew since it was looked at; nothing was sent`;
    case "manifest_mismatched":
      return `what was agreed to of ${agent} is not what is registered on the chain (${fault.registered}); nothing was sent`;
    case "state_refused":
      return fault.of === "agent"
        ? `${agent.split("@")[0]} is ${fault.state} on the chain; nothing was sent`
        : `${agent} is ${fault.state} on the chain; nothing was sent`;
    case "chain_unknown":
      return `what the chain has of ${agent} could not be read, so nothing was sent: ${fault.reason}`;
    default:
      return unreachable(fault);
  }
}
