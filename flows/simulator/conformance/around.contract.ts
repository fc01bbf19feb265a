import { money } from "../../basics/money";
import { err, type Result } from "../../basics/result";
import type { Plan } from "../../plan/plan";
import type { AgentsError, Delivery } from "../../ports/agents";
import type { PolicyVerdict } from "../../ports/policy";
import type { Receipt } from "../../run/state";

/** What an agent does with one call. A metered one that miscounts says no number of units. `away` and `lost` say nothing of the work; whoever asks again is answered. */
export type Fate = "pays" | "overcharges" | "miscounts" | "refuses" | "garbage" | "other_currency" | "lost" | "away";
/** What happens around a run: the fates of its calls in turn, the last one for all that follow. */
export type Around = {
  fates: readonly Fate[];
  answer: "approved" | "denied" | "silent";
  policy: PolicyVerdict["verdict"] | null;
};
/** `calls` is how often agents were reached; `ending` is `succeeded` or the code that ended the run. */
export type Expected = { ending: string; spent: bigint; calls: number };
export type Case = { name: string; plan: Plan; around: Around; expected: Expected };
/** What became of a run. `receipts` are in the order of their text, because runs may do several things at once. */
export type Came = Expected & { receipts: readonly string[] };

/** The agent of one run: it answers its calls in turn. */
export function fatedAgent({ fates }: Pick<Around, "fates">) {
  let count = 0;
  return {
    calls: () => count,
    answer({ agent }: { agent: string }): Result<Delivery, AgentsError> {
      const fate = fates[Math.min(count, fates.length - 1)];
      count += 1;
      return answered(fate, agent.includes("dear") ? 500n : agent.includes("free") ? 0n : 3n);
    },
  };
}

function answered(fate: Fate | undefined, price: bigint): Result<Delivery, AgentsError> {
  const output = { text: "out", list: ["x", "y"], n: 1 };
  const delivered = (more: Partial<Delivery>): Result<Delivery, AgentsError> => ({
    ok: true,
    value: { output, price: money("microcredits", price), units: 4, detail: {}, ...more },
  });
  switch (fate) {
    case "refuses":
      return err({ code: "agent_refused", reason: "no" });
    case "lost":
      return err({ code: "outcome_unknown", reason: "lost" });
    case "away":
      return err({ code: "agent_unreachable", reason: "away" });
    case "garbage":
      return delivered({ output: "nothing of the sort" });
    case "other_currency":
      return delivered({ price: money("usdc_base", price) });
    case "overcharges":
      return delivered({ price: money("microcredits", price * 1_000n + 1n), units: 1_000_000 });
    case "miscounts":
      return delivered({ units: -1 });
    default:
      return delivered({});
  }
}

export function verdictOf(policy: PolicyVerdict["verdict"]): PolicyVerdict {
  if (policy === "allow") return { verdict: "allow" };
  if (policy === "deny") return { verdict: "deny", rule: "no", message: "No." };
  return { verdict: "ask", rule: "ask", message: "May it?", approvers: ["@starter"] };
}

export function inWords({ step, path, port, code, paid }: Pick<Receipt, "step" | "path" | "port" | "code" | "paid">) {
  return `${step}@${path.join(".")} ${port ?? code} ${paid?.amount ?? 0n}`;
}
