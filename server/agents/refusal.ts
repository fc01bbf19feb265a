import { err, type Result } from "@/flows/basics/result";
import type { AgentFailure } from "@/sdk/agent";

/** The input cannot be worked on, and its owner can mend that: `message` says how. */
export function refusal(code: string, message: string): Result<never, AgentFailure> {
  return err({ code, message, class: "business" });
}
