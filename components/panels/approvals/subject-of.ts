import type { AskedQuestion } from "@/components/api/answers";
import { agreementOf } from "@/flows/plan/agreement";
import { digestOf } from "@/flows/plan/digest";
import type { Edit } from "@/flows/run/edits";
import { editedQuestion } from "@/flows/run/question-body";

/** The digest of what is on this screen, with what was changed on it: worked out here, whatever the studio says. */
export function subjectOf({ about, asked }: Pick<AskedQuestion, "about" | "asked">, edits: readonly Edit[]): string {
  return digestOf(edits.length > 0 ? editedQuestion(about, agreementOf(asked), edits) : about);
}
