import type { Posting } from "@/components/api/answers";

const WHAT: Record<string, string> = {
  grant: "Trial credits given",
  reserve: "Reserved for a run",
  capture: "Paid from what was reserved",
  release: "Returned from what was reserved",
};

export const whatOf = ({ kind }: Pick<Posting, "kind">): string => WHAT[kind] ?? kind;

/** Accounts are named `purpose:owner:currency`, held ones after their operation. */
export function counterpartOf({ counterpart }: Pick<Posting, "counterpart">): string {
  const [purpose, owner = ""] = counterpart.split(":");
  if (purpose === "held") return "reserve of the run";
  if (purpose === "source") return "studio";
  return owner || counterpart;
}
