import type { AgentId, Digest } from "../basics/ids";
import type { Result } from "../basics/result";

/** What a registered agent, or one version of it, is at. A deprecated one goes on serving the plans that were made with it. */
export type RegisteredState = "draft" | "active" | "deprecated" | "suspended";

/**
 * Why the chain does not let an agent be called: it was registered and is gone; it is another registration than the one
 * that was noted; what was agreed to is not what is registered; it, or this version of it, is not to be called; or nobody
 * could say.
 */
export type RegistrationFault =
  | { code: "registration_gone" }
  | { code: "registration_replaced" }
  | { code: "manifest_mismatched"; registered: Digest }
  | { code: "state_refused"; of: "agent" | "version"; state: RegisteredState }
  | { code: "chain_unknown"; reason: string };

/**
 * Asked before each call. `unregistered`: this agent has nothing on the chain, and is called as the studio's own registry
 * says. Errors: for an agent that has, whatever the chain says that does not match; it is not called. [P11]
 */
export type RegistrationsPort = {
  check(agent: AgentId, manifest: Digest): Promise<Result<"registered" | "unregistered", RegistrationFault>>;
};

/** Which states an agent may be called in, by plans that were made with it. */
export const CALLED_IN: ReadonlySet<RegisteredState> = new Set(["active", "deprecated"]);
