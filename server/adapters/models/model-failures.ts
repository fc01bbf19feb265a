import { APICallError } from "ai";
import type { ModelsError } from "@/flows/ports/models";
import { BodyTooLarge, EgressFault } from "@/server/egress/guarded-fetch";
import type { EgressError } from "@/server/egress/way";

/**
 * What a failure means. The words of a model's server stay here: they may name the operator's account. What passes by
 * itself may be asked again.
 */
export function failureOf(problem: unknown): ModelsError {
  for (let each: unknown = problem, depth = 0; each instanceof Error && depth < 10; each = each.cause, depth++) {
    if (each instanceof EgressFault) return notCalled(each.egress);
    if (each instanceof BodyTooLarge) return { code: "model_refused", reason: each.message };
    if (APICallError.isInstance(each) && each.statusCode !== undefined && each.statusCode >= 300)
      return ofStatus(each.statusCode);
  }
  return { code: "outcome_unknown", reason: problem instanceof Error ? problem.name : "the answer is lost" };
}

function notCalled({ code, reason }: EgressError): ModelsError {
  return { code: code === "host_unknown" ? "model_unreachable" : "model_refused", reason };
}

function ofStatus(status: number): ModelsError {
  const passes = status === 408 || status === 429 || status >= 500;
  const reason = `The model's server answered with status ${status}.`;
  if (!passes) return { code: "model_refused", reason };
  return { code: "model_unreachable", reason, ...(status === 429 ? { answered: true } : {}) };
}
