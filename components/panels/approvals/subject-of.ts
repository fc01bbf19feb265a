import type { AskedQuestion } from "@/components/api/answers";
import { agreementOf } from "@/flows/plan/agreement";
import { digestOf } from "@/flows/plan/digest";
import type { Edit } from "@/flows/run/edits";
import { editedQuestion } from "@/flows/run/question-body";

/** The digest of what is on this screen, with what was changed on it: worked out here, whatever the studio says. */
export function subjectOf({ about, asked }: Pick<AskedQuestion, "about" | "asked">, edits: readonly Edit[]): string {
  return digestOf(edits.length > 0 ? editedQuestion(about, agreementOf(asked), edits) : about);
}

type Asked = { account: string; nonce: string; origin: string; edits: readonly Edit[] };

/** What an authenticator has to be asked to sign for a yes to what is on this screen: base64url of a digest. */
export function challengeOf(question: Pick<AskedQuestion, "about" | "asked">, { edits, ...bound }: Asked): string {
  const hex = digestOf({ ...bound, subject: subjectOf(question, edits) });
  const bytes = (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
