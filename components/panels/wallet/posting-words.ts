import type { Posting } from "@/components/api/answers";

const WHAT: Record<string, string> = {
  grant: "Trial credits given",
  reserve: "Reserved for a run",
  capture: "Paid from what was reserved",
  release: "Returned from what was reserved",
};

export const whatOf = ({ kind }: Pick<Posting, "kind">): string => WHAT[kind] ?? kind;

/** Where the amount came from and where it went. A payment leaves what was reserved, not what is left to spend. */
export function endsOf({ kind, amount, counterpart }: Pick<Posting, "kind" | "amount" | "counterpart">) {
  const mine = kind === "capture" ? "Reserved" : "Left";
  const other = otherEnd(counterpart);
  return amount < 0n ? { from: mine, to: other } : { from: other, to: mine };
}

/** Accounts are named `purpose:owner:currency`, held ones after their operation. */
function otherEnd(account: string): string {
  const [purpose, owner = ""] = account.split(":");
  if (purpose === "held") return "Reserved";
  return purpose === "source" ? "studio" : owner || account;
}
