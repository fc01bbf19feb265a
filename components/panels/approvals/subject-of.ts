import type { AskedQuestion } from "@/components/api/answers";
import { agreementOf } from "@/flows/plan/agreement";
import { digestOf } from "@/flows/plan/digest";
import type { QuestionBody } from "@/flows/ports/approvals";
import { approvalWords } from "@/flows/receipts/approval-words";
import type { Edit } from "@/flows/run/edits";
import { editedQuestion } from "@/flows/run/question-body";

type OnScreen = Pick<AskedQuestion, "about" | "asked">;

/** What is on this screen, with what was changed on it. */
function agreedTo({ about, asked }: OnScreen, edits: readonly Edit[]): QuestionBody {
  return edits.length > 0 ? editedQuestion(about, agreementOf(asked), edits) : about;
}

/**
 * The words that a wallet signs for a yes to what is on this screen, with the times and the place of those that the studio
 * sent: worked out here, so that other words than these are not signed, whatever the studio says.
 */
export function wordsFor(
  question: OnScreen,
  {
    message,
    edits,
    ...place
  }: { message: string; edits: readonly Edit[]; address: string; account: string; nonce: string },
): string {
  const line = (name: string) =>
    message
      .split("\n")
      .find((each) => each.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? "";
  return approvalWords(agreedTo(question, edits), {
    ...place,
    ...{ origin: line("URI"), issuedAt: line("Issued At"), expiresAt: line("Expiration Time") },
  });
}

type Asked = { account: string; nonce: string; origin: string; edits: readonly Edit[] };

/** What an authenticator has to be asked to sign for a yes to what is on this screen: base64url of a digest. */
export function challengeOf(question: OnScreen, { edits, ...bound }: Asked): string {
  const hex = digestOf({ ...bound, subject: digestOf(agreedTo(question, edits)) });
  const bytes = (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
