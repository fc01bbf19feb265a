import { z } from "zod";
import { Money } from "../basics/money";
import { EVIDENCE_BY, EvidenceBy, type EvidenceNeed } from "../plan/evidence";
import { shown } from "./shown";

export const EvidenceSetting = z
  .strictObject({
    by: EvidenceBy.meta(
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
  return setting && { kinds: [...EVIDENCE_BY[setting.by]], ...(setting.above ? { above: setting.above } : {}) };
}
