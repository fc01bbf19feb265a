import type { RunId } from "@/flows/basics/ids";
import type { SealedReceipt } from "@/flows/receipts/chain";
import type { RunStatus } from "@/flows/run/status";
import type { EventRow, Settled } from "./advance";
import type { Dead } from "./mail";
import type { OutboxKey, Outgoing } from "./standing";

/** Everything that one run writes at once, fenced by its token and by the events it believes to be journalled. */
export type Write = {
  run: RunId;
  token: bigint;
  seqBefore: number;
  seqAfter: number;
  status: RunStatus;
  spent: bigint;
  outcome: string | null;
  finishedAtMs: number | null;
  /** Gives the lease back. The run is taken up again by mail, or at `wakeAtMs`. */
  parks: { wakeAtMs: number | null } | null;
  events: readonly EventRow[];
  receipts: readonly SealedReceipt[];
  settled: readonly Settled[];
  snapshot: string | null;
  put: ReadonlyMap<OutboxKey, Outgoing>;
  drop: ReadonlySet<OutboxKey>;
  mail: readonly bigint[];
  dead: readonly Dead[];
};

/** `mailWaits`: somebody wrote while it parked, so it is due again at once. */
type Kept = { kept: true; mailWaits: boolean };
/** `lost`: the lease is another's by now, and nothing was written. */
export type Written = Kept | { kept: false };
