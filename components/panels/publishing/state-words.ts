import type { Status } from "@/components/ui/status-mark";

/** What a version is at, as a mark and a word. */
export const STATE_SHOWN: Readonly<Record<string, { status: Status; word: string }>> = {
  draft: { status: "needs_you", word: "Draft" },
  pending_review: { status: "waiting", word: "In review" },
  approved: { status: "needs_you", word: "Approved" },
  active: { status: "done", word: "Active" },
  deprecated: { status: "skipped", word: "Deprecated" },
  suspended: { status: "denied", word: "Suspended" },
};

type Deed = "withdraw" | "list" | "deprecate" | "suspend";

/** What a publisher can do with a version as it stands; the server holds the table. */
export const OWN_DEEDS: Readonly<Record<string, readonly (readonly [Deed, string])[]>> = {
  pending_review: [["withdraw", "Withdraw"]],
  approved: [
    ["list", "List it"],
    ["withdraw", "Withdraw"],
  ],
  active: [
    ["deprecate", "Deprecate"],
    ["suspend", "Suspend"],
  ],
  deprecated: [
    ["list", "List again"],
    ["suspend", "Suspend"],
  ],
};
