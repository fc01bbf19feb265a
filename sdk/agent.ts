import type { z } from "zod";
import { err, ok, type Result } from "../flows/basics/result";
import { AgentManifest } from "../flows/types/agent-manifest";
import type { Tell } from "./report";

/**
 * Who can do something about a failure.
 * business: the caller's input, fix it. permanent: nobody, the same call fails again. transient: call again later.
 * resource: call again when there is room.
 */
export type FailureClass = "business" | "permanent" | "transient" | "resource";

/** What a caller reads when an agent cannot deliver: `message` says what to do about it. Never charged. */
export type AgentFailure = { code: string; message: string; class: FailureClass };

/**
 * `units`: how many of its units a metered agent worked on; its manifest says how many it is paid for at most. `detail`
 * says how the work was done (which mode, which model); it is shown on the step, and is no part of the output.
 */
export type Delivered = { output: unknown; units?: number; detail?: Readonly<Record<string, unknown>> };

/** What comes of a piece of work: a delivery, or a failure that is a value and not an exception. */
export type Outcome<T = Delivered> = Result<T, AgentFailure>;

/**
 * `signal` aborts at the manifest's deadline: what is delivered after it is thrown away. `tell` shows people how the
 * work goes while it goes; what is delivered alone counts.
 */
type Execution = { signal: AbortSignal; executionId: string; tell: Tell };

/** One agent, as its publisher writes it. `input` has already been checked against the manifest's schema. */
export type Agent = {
  manifest: AgentManifest;
  execute(input: Readonly<Record<string, unknown>>, execution: Execution): Promise<Outcome>;
};

/** Checks what a publisher declares. A fault in it is a bug of the publisher's, and throws. */
export function declareAgent(manifest: z.input<typeof AgentManifest>): AgentManifest {
  return AgentManifest.parse(manifest);
}

export function done<T>(value: T): Result<T, never> {
  return ok(value);
}

/** The input cannot be worked on, and its owner can mend that: `message` says how. Kept as the answer to its key. */
export function refused(code: string, message: string): Result<never, AgentFailure> {
  return err({ code, message, class: "business" });
}

/** The part of an agent's id that its routes begin with: "studio/summariser@1.0.0" is served at /summariser. */
export function routeName(manifest: AgentManifest): string {
  return /\/(.+)@/.exec(manifest.agent)?.[1] ?? manifest.agent;
}
