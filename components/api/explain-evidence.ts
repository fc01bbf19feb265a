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
  change_unconfirmed: ({ kinds }) => ({
    what: `What your yes is known by changes only with ${kindsInWords(kinds)}.`,
    safe: "Nothing was changed.",
    next: "Sign with what your account has already, then it is done.",
  }),
  passkey_not_found: () => ({
    what: "Your account has no such passkey.",
    safe: "Nothing was changed.",
    next: "Look at the list again.",
  }),
  passkey_taken: () => ({
    what: "This passkey is kept already.",
    safe: "Nothing was changed.",
    next: "Use it, or make another on another device.",
  }),
  passkeys_absent: () => ({
    what: "No browser makes a passkey for the address that this studio is at.",
    safe: "Nothing was changed.",
    next: "Passkeys need a name and HTTPS, or localhost: whoever runs the studio sets STUDIO_URL.",
  }),
} satisfies Partial<Explain>;
