import type { Explain } from "@/components/api/explained";
import { kindsInWords } from "@/flows/basics/evidence-kinds";

const TIMES = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
/** `23 Nov 2026, 08:15 UTC` */
const inWords = (ms: number) => `${TIMES.format(ms)} UTC`;

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
  means_too_new: ({ kind, countsFromMs }) => ({
    what: `${kind === "wallet" ? "Your linked wallet" : "That passkey"} counts from ${inWords(countsFromMs)}: nothing confirmed it when it came.`,
    safe: "Nothing was signed with it, and no answer was counted.",
    next: "Come back then, or sign with what counts already. If it is not yours, take it away under Settings now.",
  }),
  passkeys_full: ({ most }) => ({
    what: `An account has at most ${most} passkeys.`,
    safe: "Nothing was changed.",
    next: "Remove one that you do not use, then add this one.",
  }),
  change_unconfirmed: ({ kinds }) => ({
    what: `What your yes is known by, and rules that take a signature, change only with ${kindsInWords(kinds)}.`,
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
