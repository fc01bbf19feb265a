/** Why a run was not started, kept as the error's own plain data, and what to do: its code is what can be searched for. */
export function notStartedWords(why: unknown): string {
  const code = typeof why === "object" && why !== null && "code" in why ? String(why.code) : "unknown";
  switch (code) {
    case "plan_changed":
      return "The flow or one of its agents changed after you agreed. Look at the new bound, then fund it again.";
    case "flow_not_found":
      return "The flow was deleted after you agreed.";
    case "escrow_unlike":
      return "What lies on the chain is not what you agreed to, so nothing is spent of it. Tell the operator.";
    default:
      return `The reason has the code ${code}. Look at the flow again, then fund it again.`;
  }
}
