import { z } from "zod";
import type { EvidenceKind } from "../basics/evidence-kinds";
import { Money } from "../basics/money";
import { type EvidenceNeed, FRESH } from "../plan/evidence";
import { shown } from "./shown";

/** What an approval can ask of a yes beside a click, by its name in the settings. */
const KINDS = {
  fresh: [...FRESH],
  signed: ["passkey", "wallet"],
  passkey: ["passkey"],
  wallet: ["wallet"],
} satisfies Record<string, EvidenceKind[]>;

export const EvidenceSetting = z
  .strictObject({
    by: z.enum(["fresh", "signed", "passkey", "wallet"]).meta(
      shown({
        title: "By",
        fresh: "signed",
        names: {
          fresh: "A signature, or having signed in a moment ago",
          signed: "A signature of a passkey or a wallet",
          passkey: "A signature of a passkey",
          wallet: "A signature of the linked wallet",
        },
      }),
    ),
    above: Money.optional().meta(
      shown({
        title: "Only above",
        description: "What a yes can cost. Without it, every yes takes it.",
        control: "money",
      }),
    ),
  })
  .meta(shown({ title: "A yes takes", description: "Without it a click is enough. A no always is a click." }))
  .optional();
type EvidenceSetting = z.infer<typeof EvidenceSetting>;

/** The setting as the plan has it. */
export function evidenceOf(setting: EvidenceSetting): EvidenceNeed | undefined {
  return setting && { kinds: KINDS[setting.by], ...(setting.above ? { above: setting.above } : {}) };
}
