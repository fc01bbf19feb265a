import type { Explain } from "@/components/api/explained";
import { kindsInWords } from "@/flows/basics/evidence-kinds";

/** What is said when a yes comes with less than it takes. */
export const evidenceWords = {
  evidence_needed: ({ kinds, given }) => ({
    what: `A yes to this takes ${kindsInWords(kinds)}, and came with ${kindsInWords([given])}.`,
    safe: "Your answer was not counted.",
    next: "Open the approval in the studio and answer there: it leads you through it. A no takes a click.",
  }),
} satisfies Partial<Explain>;
