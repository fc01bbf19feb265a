import { CircleCheck, CircleDashed, CircleSlash, OctagonX } from "lucide-react";
import type { AgentTrial } from "@/components/api/answers";
import { CHECK_WORDS } from "./check-words";

const LOOK = {
  passed: { Icon: CircleCheck, className: "text-ok", word: "Passed" },
  failed: { Icon: OctagonX, className: "text-bad", word: "Failed" },
  left_out: { Icon: CircleSlash, className: "text-faint", word: "Left out" },
  waiting: { Icon: CircleDashed, className: "text-muted", word: "Waiting" },
} as const;

/** The checks of a trial, each with what came of it. An agent's own words are text. */
export function TrialChecks({ trial }: { trial: AgentTrial }) {
  return (
    <ul aria-label="Checks" aria-busy={trial.state === "queued"} className="flex flex-col gap-2">
      {Object.entries(CHECK_WORDS).map(([name, asks]) => {
        const check = trial.checks.find((one) => one.name === name);
        const { Icon, className, word } = LOOK[check?.result ?? "waiting"];
        return (
          <li key={name} className="flex items-start gap-2">
            <Icon aria-hidden className={`mt-1 shrink-0 ${className}`} />
            <div className="min-w-0">
              <p>
                {asks}: <span className={className}>{word}</span>
              </p>
              {check && <p className="break-words text-12 text-muted">{check.words}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
