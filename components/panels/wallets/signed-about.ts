import { digestOf } from "@/flows/plan/digest";
import { approvalWords, type ReadQuestion } from "@/flows/receipts/approval-words";

type Sent = { message: string; address: string; account: string; nonce: string };

/**
 * The words that a wallet signs about this, with the times and the place of those that the studio sent: worked out here, so
 * that other words are not signed, whatever the studio says.
 */
export function wordsAbout(about: ReadQuestion, { message, ...place }: Sent): string {
  const line = (name: string) =>
    message
      .split("\n")
      .find((each) => each.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? "";
  return approvalWords(about, {
    ...place,
    ...{ origin: line("URI"), issuedAt: line("Issued At"), expiresAt: line("Expiration Time") },
  });
}

/** What an authenticator has to be asked to sign about this: base64url of a digest. */
export function challengeAbout(about: ReadQuestion, bound: { account: string; nonce: string; origin: string }): string {
  const hex = digestOf({ ...bound, subject: digestOf(about) });
  const bytes = (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
