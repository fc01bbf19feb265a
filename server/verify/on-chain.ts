import type { Address } from "@solana/kit";
import { digestOf } from "@/flows/plan/digest";
import type { Claim } from "@/flows/receipts/links";
import type { ReceiptFile } from "@/flows/receipts/receipt-file";
import { readSettlement, type SettlementBody } from "@/flows/receipts/settlement";
import { type EscrowEvent, eventsOf } from "@/programs/clients/escrow-events";

/** What a server of the chain says of one transaction; null when it does not have it, or did not land it. */
type Landed = { slot: number; log: string[] } | null;

/**
 * Asks a server of the chain whether it has what a settlement names: the opening under this plan, and the settlement with
 * this root. The server is the reader's own choice; nothing of the studio is asked. Errors: throws when it cannot be reached.
 */
export async function checkOnChain(file: ReceiptFile, rpcUrl: string): Promise<Claim[]> {
  const body = file.settlement ? readSettlement(file.settlement) : null;
  if (!body)
    return [{ holds: false, proved: "", failed: "There is no settlement in this file to look for on the chain." }];
  const events = await eventsIn(body, rpcUrl);
  const [opened, settled] = [
    events.find(isOf("opened")),
    events.find((event) => isOf("settled")(event) && hex(event.receiptRoot) === body.root),
  ];
  const earned = body.lines.reduce((sum, { amount }) => sum + amount.amount, 0n);
  return [
    {
      holds: opened?.kind === "opened" && opened.escrow === body.escrow && hex(opened.planHash) === digestOf(file.plan),
      proved: "The chain has the escrow, opened for exactly this plan.",
      failed: "The chain does not have an escrow that was opened for this plan.",
    },
    {
      holds:
        settled?.kind === "settled" &&
        settled.escrow === body.escrow &&
        hex(settled.chain) === body.chain &&
        settled.earned === earned,
      proved: `The chain has the settlement: ${signatureOf(body)} carries this root, and what was earned.`,
      failed: "The chain does not have a settlement of this escrow with this root and these earnings.",
    },
  ];
}

const isOf =
  <Kind extends EscrowEvent["kind"]>(kind: Kind) =>
  (event: EscrowEvent): event is Extract<EscrowEvent, { kind: Kind }> =>
    event.kind === kind;

async function eventsIn({ program, escrow, transactions }: SettlementBody, rpcUrl: string): Promise<EscrowEvent[]> {
  const events: EscrowEvent[] = [];
  for (const signature of new Set(transactions.map((each) => each.signature))) {
    const landed = await transactionAt(rpcUrl, signature);
    if (landed)
      events.push(
        ...eventsOf(landed.log, program as Address).filter((event) => "escrow" in event && event.escrow === escrow),
      );
  }
  return events;
}

const signatureOf = ({ transactions }: SettlementBody) =>
  transactions.find(({ does }) => does === "settled")?.signature ?? "";
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

async function transactionAt(rpcUrl: string, signature: string): Promise<Landed> {
  const config = { commitment: "finalized", encoding: "json", maxSupportedTransactionVersion: 1 };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "getTransaction", params: [signature, config] });
  const response = await fetch(rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body });
  const answer = (await response.json()) as {
    result?: { slot: number; meta: { err: unknown; logMessages?: string[] } | null } | null;
  };
  const { result } = answer;
  return result?.meta && result.meta.err === null ? { slot: result.slot, log: result.meta.logMessages ?? [] } : null;
}
