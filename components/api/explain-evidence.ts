import type { Explain } from "@/components/api/explained";
import { kindsInWords } from "@/flows/basics/evidence-kinds";

/** What is said when a yes comes with less than it takes. */
export const evidenceWords = {
  evidence_needed: ({ kinds, given }) => ({
    what: `A yes to this takes ${kindsInWords(kinds)}, and came with ${kindsInWords([given])}.`,
    safe: "Your answer was not counted.",
    next: "Open the approval in the studio and answer there: it leads you through it. A no takes a click.",
  }),
  evidence_missing: ({ kind }) => ({
    what: kind === "wallet" ? "No wallet is linked to your account." : "Your account has no passkey.",
    safe: "Your answer was not counted.",
    next: kind === "wallet" ? "Link one under Settings, then answer." : "Add one under Settings, then answer.",
  }),
} satisfies Partial<Explain>;
