import type { AgentId, Digest } from "../basics/ids";
import { err, ok } from "../basics/result";
import { CALLED_IN, type RegisteredState, type RegistrationsPort } from "../ports/registrations";

type Registered = { number: number; manifest: Digest; states: Record<"agent" | "version", RegisteredState> };

export type SimulatedRegistrations = RegistrationsPort & {
  /** Registers an agent, active; `note` says that this registration is the one to be called. */
  register(agent: AgentId, manifest: Digest): void;
  note(agent: AgentId): void;
  move(agent: AgentId, of: "agent" | "version", state: RegisteredState): void;
  close(agent: AgentId): void;
  unreachable(): void;
};

/** A registry on a chain, held in memory. */
export function simulateRegistrations(): SimulatedRegistrations {
  const registered = new Map<AgentId, Registered>();
  const noted = new Map<AgentId, Registered>();
  let [made, silent] = [0, false];
  return {
    register(agent, manifest) {
      registered.set(agent, { number: made++, manifest, states: { agent: "active", version: "active" } });
    },
    note(agent) {
      const found = registered.get(agent);
      if (found) noted.set(agent, found);
    },
    move(agent, of, state) {
      const found = registered.get(agent);
      if (found) found.states[of] = state;
    },
    close: (agent) => void registered.delete(agent),
    unreachable() {
      silent = true;
    },
    async check(agent, manifest) {
      const expected = noted.get(agent);
      if (!expected) return ok("unregistered");
      if (expected.manifest !== manifest) return err({ code: "manifest_mismatched", registered: expected.manifest });
      if (silent) return err({ code: "chain_unknown", reason: "Nobody answered." });
      const found = registered.get(agent);
      if (!found) return err({ code: "registration_gone" });
      if (found.number !== expected.number) return err({ code: "registration_replaced" });
      for (const of of ["agent", "version"] as const)
        if (!CALLED_IN.has(found.states[of])) return err({ code: "state_refused", of, state: found.states[of] });
      return ok("registered");
    },
  };
}
