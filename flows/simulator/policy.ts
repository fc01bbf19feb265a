import { ok } from "../basics/result";
import type { PolicyAction, PolicyPort, PolicyVerdict } from "../ports/policy";
import { firstAnswers } from "./first-answers";

/** Rules held in memory: `judge` says what they make of a payment. One operation keeps its verdict. */
export function simulatePolicy(judge: (action: PolicyAction) => PolicyVerdict): PolicyPort {
  const once = firstAnswers<PolicyVerdict>();
  return { judge: async (ask) => once(ask, () => ok(judge(ask.action))) };
}
