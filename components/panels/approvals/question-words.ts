import type { AskedQuestion } from "@/components/api/answers";
import { type Currency, formatAmount, UNIT } from "@/components/ui/amount";
import type { Status } from "@/components/ui/status-mark";

type Unlocked = readonly { currency: Currency; amount: bigint }[];

/** "at most 0.40 credits", "nothing": the most that a yes can cost. */
export function mostOf(bound: Unlocked): string {
  const parts = bound.filter(({ amount }) => amount > 0n);
  if (parts.length === 0) return "nothing";
  return `at most ${parts.map(({ amount, currency }) => `${formatAmount(amount)} ${UNIT[currency]}`).join(" and ")}`;
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
    case "timed_out":
      return { status: "denied", word: "Timed out" };
    default:
      return { status: "skipped", word: "Withdrawn" };
  }
}

export const approvalPath = (operation: string): string => `/approvals/${encodeURIComponent(operation)}`;
