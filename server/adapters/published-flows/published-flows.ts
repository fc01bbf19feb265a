import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import type { AgentCall, AgentsPort } from "@/flows/ports/agents";
import type { Protocol, PublishedFlow } from "@/flows/types/protocol";

type Nested = { run: string; came: "at_work" } | { run: string; came: "done"; output: Json };
type NestedError = { code: "operation_reused" } | { code: "refused"; reason: string };

/**
 * `placeOf` as the registry knows it: null for what is not there as the plan has it. `advance` starts the run that a call
 * stands for, once, and tells how it stands. Units: milliseconds; `lookMs` between looks, `patienceMs` for one call.
 */
export type PublishedFlowsOptions = {
  placeOf(
    agent: AgentId,
    manifest: Digest,
    payee: AccountId,
  ): Promise<{ protocol: Protocol | null; price: Money | null } | null>;
  advance(
    call: Pick<AgentCall, "operation" | "payee" | "input" | "deadlineMs"> & { protocol: PublishedFlow },
  ): Promise<Result<Nested, NestedError>>;
  lookMs?: number;
  patienceMs?: number;
};

/**
 * Flows that were published as agents. A call waits for a moment and then says that it is at work, so that a long run inside
 * holds nothing here: whoever calls asks again under the same operation, and finds the same run.
 */
export function publishedFlows({
  placeOf,
  advance,
  lookMs = 200,
  patienceMs = 5_000,
}: PublishedFlowsOptions): AgentsPort {
  return {
    async call({ operation, agent, manifest, payee, input, deadlineMs }) {
      const place = await placeOf(agent, manifest, payee);
      const reason = `${agent} is not in the registry any more as it was when this was agreed to`;
      if (place?.protocol?.kind !== "flow") return err({ code: "agent_refused", reason });
      for (let waited = 0; waited <= patienceMs; waited += lookMs) {
        const stands = await advance({ operation, payee, input, deadlineMs, protocol: place.protocol });
        if (!stands.ok)
          return stands.error.code === "operation_reused"
            ? err({ code: "operation_reused", operation })
            : err({ code: "agent_refused", reason: stands.error.reason });
        const { run } = stands.value;
        if (stands.value.came === "done")
          return ok({ output: stands.value.output, price: place.price, detail: { run } });
        await new Promise((resolve) => setTimeout(resolve, lookMs));
      }
      return err({ code: "agent_at_work", reason: `${agent} is at work` });
    },
  };
}
