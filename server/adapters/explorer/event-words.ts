import type { EscrowEvent } from "@/programs/clients/escrow-events";
import { amount } from "./amount";

/** What the escrow program said of a transaction, in a sentence. */
export function eventWords(event: EscrowEvent): string {
  switch (event.kind) {
    case "opened":
      return `An escrow was opened with a cap of ${amount(event.cap)}.`;
    case "topped_up":
      return `${amount(event.amount)} were added; the cap is now ${amount(event.cap)}.`;
    case "extended":
      return "The escrow was given more time.";
    case "settled":
      return `Settlement ${event.sequence}: payees have earned ${amount(event.earned)} so far.`;
    case "disputed":
      return `The payer disputes ${amount(event.amount)} of payee ${event.line + 1}.`;
    case "resolved":
      return `The dispute of payee ${event.line + 1} was decided: ${amount(event.toPayee)} to the payee, ${amount(event.back)} back.`;
    case "released":
      return `${amount(event.paid)} were paid to payees, ${amount(event.fees)} as fee.`;
    case "closed":
      return `The escrow was closed; ${amount(event.returned)} returned to the payer.`;
    case "paused":
      return "The escrow program was paused.";
    case "unpaused":
      return "The pause of the escrow program was lifted.";
    case "configured":
      return `The escrow program was configured; ${event.threshold} must agree to a pause.`;
  }
}
