import type { AccountId, AgentId, NodeId } from "../basics/ids";

/** What may start a run. A schedule fires at the times of `cron` (five fields) in the IANA `zone`. */
export type Trigger = { node: NodeId } & (
  | { on: "manual" }
  | { on: "schedule"; cron: string; zone: string }
  | { on: "webhook" }
  | { on: "event"; event: string }
);

/**
 * What leaves the studio to one receiver: fields as the composer reads them, with what they may carry, and what the
 * receiver's publisher says it sends on.
 */
export type DataLeaving = {
  to: { agent: AgentId } | { model: string } | { approver: string };
  publisher: AccountId | null;
  fields: readonly { field: string; carries: readonly ("personal" | "secret" | "money")[] }[];
  sends: readonly string[];
};
