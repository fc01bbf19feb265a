import type { AskedQuestion } from "@/components/api/answers";
import { challengeAbout, wordsAbout } from "@/components/panels/wallets/signed-about";
import { agreementOf } from "@/flows/plan/agreement";
import type { QuestionBody } from "@/flows/ports/approvals";
import type { Edit } from "@/flows/run/edits";
import { editedQuestion } from "@/flows/run/question-body";

type OnScreen = Pick<AskedQuestion, "about" | "asked">;

/** What is on this screen, with what was changed on it. */
function agreedTo({ about, asked }: OnScreen, edits: readonly Edit[]): QuestionBody {
  return edits.length > 0 ? editedQuestion(about, agreementOf(asked), edits) : about;
}

type Edited = { edits: readonly Edit[] };

/** The words that a wallet signs for a yes to what is on this screen. */
export function wordsFor(question: OnScreen, { edits, ...sent }: Edited & Parameters<typeof wordsAbout>[1]): string {
  return wordsAbout(agreedTo(question, edits), sent);
}

/** What an authenticator has to be asked to sign for a yes to what is on this screen. */
export function challengeOf(
  question: OnScreen,
  { edits, ...bound }: Edited & Parameters<typeof challengeAbout>[1],
): string {
  return challengeAbout(agreedTo(question, edits), bound);
}
