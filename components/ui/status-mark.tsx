import { clsx } from "clsx";
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleSlash,
  Hand,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  Square,
} from "lucide-react";

export type Status =
  | "waiting"
  | "running"
  | "paused"
  | "needs_you"
  | "done"
  | "failed"
  | "skipped"
  | "denied"
  | "stopped"
  | "outcome_unknown";

type Look = { word: string; Icon: LucideIcon; text: string; soft: string };

/** Every state has its own shape and word; colour only helps. */
const LOOK: Record<Status, Look> = {
  waiting: { word: "Waiting", Icon: CircleDashed, text: "text-muted", soft: "bg-hover" },
  running: { word: "Running", Icon: LoaderCircle, text: "text-live", soft: "bg-live-soft" },
  paused: { word: "Paused", Icon: CirclePause, text: "text-muted", soft: "bg-hover" },
  needs_you: { word: "Needs you", Icon: Hand, text: "text-warn", soft: "bg-warn-soft" },
  done: { word: "Done", Icon: CircleCheck, text: "text-ok", soft: "bg-ok-soft" },
  failed: { word: "Failed", Icon: OctagonX, text: "text-bad", soft: "bg-bad-soft" },
  skipped: { word: "Skipped", Icon: CircleSlash, text: "text-faint", soft: "bg-hover" },
  denied: { word: "Denied", Icon: Ban, text: "text-bad", soft: "bg-bad-soft" },
  stopped: { word: "Stopped", Icon: Square, text: "text-muted", soft: "bg-hover" },
  outcome_unknown: { word: "Outcome unknown", Icon: CircleHelp, text: "text-warn", soft: "bg-warn-soft" },
};

export const statusWord = (status: Status): string => LOOK[status].word;

/** The shape alone, where the word stands beside it. */
export function StatusGlyph({ status }: { status: Status }) {
  const { Icon, text } = LOOK[status];
  return <Icon aria-hidden className={clsx(text, status === "running" && "animate-turn")} />;
}

export type StatusMarkProps = {
  status: Status;
  /** `tag` has a ground of its own, for headers; `plain` is for rows. */
  look?: "plain" | "tag";
  /** Instead of the usual word, when something more exact is known: "2 of 5 done". */
  word?: string;
  className?: string;
};

export function StatusMark({ status, look = "plain", word, className }: StatusMarkProps) {
  return (
    <span
      data-status={status}
      className={clsx(
        "inline-flex items-center gap-1 whitespace-nowrap align-top",
        LOOK[status].text,
        look === "tag" && ["rounded-control px-2 py-0.5 text-12 font-strong", LOOK[status].soft],
        className,
      )}
    >
      <StatusGlyph status={status} />
      {word ?? LOOK[status].word}
    </span>
  );
}
