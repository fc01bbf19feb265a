import { err } from "@/flows/basics/result";
import type { EscrowDesk } from "@/flows/ports/escrows";

/** For a studio without a chain: it offers no escrow and has none. */
export function absentEscrows(): EscrowDesk {
  return {
    offer: async () => err({ code: "rail_absent" }),
    submit: async ({ intent }) => err({ code: "intent_unknown", intent }),
    ofRun: async () => null,
    withoutRun: async () => [],
  };
}
