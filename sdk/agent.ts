import type { Result } from "../flows/basics/result";
import type { AgentManifest } from "../flows/types/agent-manifest";

/**
 * Who can do something about a failure.
 * business: the caller's input, fix it. permanent: nobody, the same call fails again. transient: call again later.
 * resource: call again when there is room.
 */
export type FailureClass = "business" | "permanent" | "transient" | "resource";

/** What a caller reads when an agent cannot deliver: `message` says what to do about it. Never charged. */
export type AgentFailure = { code: string; message: string; class: FailureClass };

/** `detail` says how the work was done (which mode, which model); it is shown on the step, and is no part of the output. */
export type Delivered = { output: unknown; detail?: Readonly<Record<string, unknown>> };

/** `signal` aborts at the manifest's deadline: what is delivered after it is thrown away. */
export type Execution = { signal: AbortSignal; executionId: string };

/** One agent, as its publisher writes it. `input` has already been checked against the manifest's schema. */
export type Agent = {
  manifest: AgentManifest;
  execute(input: Readonly<Record<string, unknown>>, execution: Execution): Promise<Result<Delivered, AgentFailure>>;
};

/** The part of an agent's id that its routes begin with: "studio/summariser@1.0.0" is served at /summariser. */
export function routeName(manifest: AgentManifest): string {
  return /\/(.+)@/.exec(manifest.agent)?.[1] ?? manifest.agent;
}
