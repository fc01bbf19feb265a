import { err } from "@/flows/basics/result";
import type { EscrowDesk } from "@/flows/ports/escrows";

/** For a studio without a chain: it offers no escrow and has none. */
export function absentEscrows(): EscrowDesk {
  return {
    offer: async () => err({ code: "rail_absent" }),
    submit: async ({ intent }) => err({ code: "intent_unknown", intent }),
    ofRun: async () => null,
    earnings: async (_, run) => err({ code: "escrow_not_there", run }),
    dispute: async () => err({ code: "rail_absent" }),
    extend: async () => err({ code: "rail_absent" }),
    withoutRun: async () => [],
  };
}
