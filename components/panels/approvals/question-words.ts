import type { AskedQuestion } from "@/components/api/answers";
import { type Currency, formatAmount, UNIT } from "@/components/ui/amount";
import type { Status } from "@/components/ui/status-mark";
import type { Json } from "@/flows/basics/json";

type Unlocked = readonly { currency: Currency; amount: bigint }[];

/** "at most 0.40 credits", "nothing": the most that a yes can cost. */
export function mostOf(bound: Unlocked): string {
  const parts = bound.filter(({ amount }) => amount > 0n);
  if (parts.length === 0) return "nothing";
  return `at most ${parts.map(({ amount, currency }) => `${formatAmount(amount)} ${UNIT[currency]}`).join(" and ")}`;
}

/** The same on a button, where "nothing" alone would be read as what is agreed to. */
export function costOf(bound: Unlocked): string {
  const most = mostOf(bound);
  return most === "nothing" ? "costs nothing" : most;
}

/** What became of a question, in a word. An open one whose time is over only waits for the run to notice. */
export function questionShown(question: Pick<AskedQuestion, "state" | "answer">): { status: Status; word: string } {
  switch (question.state) {
    case "open":
      return { status: "needs_you", word: "Open" };
    case "answered":
      return question.answer === "approved"
        ? { status: "done", word: "Approved" }
        : { status: "denied", word: "Refused" };
    case "replaced":
      return { status: "skipped", word: "Changed" };
    case "timed_out":
      return { status: "denied", word: "Timed out" };
    default:
      return { status: "skipped", word: "Withdrawn" };
  }
}

/** How a vote was shown to be somebody's own. */
export function evidenceWords(kind: AskedQuestion["votes"][number]["evidence"]["kind"]): string {
  return EVIDENCE[kind];
}

const EVIDENCE = {
  session: "signed in",
  confirmed: "signed in with a wallet just before",
  api_key: "by a key",
  wallet: "signed with a wallet",
  passkey: "with a passkey",
  voice: "by voice",
} as const;

/** "2 of 3 must agree", "1 of 2 has agreed so far": what it takes, in people where everybody counts one. */
export function agreementWords({
  asked,
  approvers,
  votes,
}: Pick<AskedQuestion, "asked" | "approvers" | "votes">): string {
  const least = asked.agreement?.least ?? 1;
  const weighted = Object.keys(asked.agreement?.weights ?? {}).length > 0;
  const agreed = votes.reduce((sum, { answer, weight }) => sum + (answer === "approved" ? weight : 0), 0);
  const needed = weighted ? `Yeses have to come to ${least}` : `${least} of ${approvers.length} must agree`;
  return least === 1 ? "One yes is enough" : `${needed}, ${agreed} so far`;
}

/** What became of the vote of whoever looks: they gave it themselves, or somebody did in their place. */
export function votedWords({ by, answer, edits }: AskedQuestion["votes"][number], me: string): string {
  const who = by === me ? "You" : "Somebody in your place";
  const did = answer === "approved" ? "agreed" : "refused";
  return edits.length > 0 ? `${who} changed it and ${did}.` : `${who} ${did}.`;
}

/** A value that was changed, on one line. */
export function valueWords(value: Json): string {
  if (value === null) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? "a list or an object" : String(value) || "an empty text";
}

export const approvalPath = (operation: string): string => `/approvals/${encodeURIComponent(operation)}`;
