import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { WAY_NAMES, type Way } from "@/components/panels/approvals/ways-to-agree";
import { Moment } from "@/components/panels/runs/moment";
import { laterWords } from "@/components/panels/settings/means-words";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type EvidenceKind, kindsInWords } from "@/flows/basics/evidence-kinds";

type EvidenceChoiceProps = {
  /** What a yes takes; null where a click is enough. */
  kinds: readonly EvidenceKind[] | null;
  /** Null while it is not known what the person has. */
  ways: readonly Way[] | null;
  way: Way | null;
  /** When the first of what they have, and what does not count yet, will do; null where none will. */
  countsFrom: Date | null;
  /** So long after it came counts what nothing confirms. */
  firstAfterHours: number;
  onChange(way: Way): void;
};

/** What a signature tells of whoever gives it, to whoever is handed the receipts. */
const SHOWN: Record<Exclude<Way, "click">, string> = {
  wallet:
    "What you sign goes into the receipts of this run: whoever holds them can check it, and sees your wallet's address.",
  passkey:
    "What you sign goes into the receipts of this run: whoever holds them can check it, and sees the public key that this passkey has for this studio alone.",
};

/** Says what a yes takes before anything is pressed, and lets whoever has several ways choose one. */
export function EvidenceChoice({ kinds, ways, way, countsFrom, firstAfterHours, onChange }: EvidenceChoiceProps) {
  if (!kinds && (ways === null || ways.length < 2)) return null;
  return (
    <div className="flex flex-col gap-3 rounded-card border bg-surface p-4">
      <p className="flex gap-3">
        <ShieldCheck aria-hidden className="mt-0.5 shrink-0" />
        <span>
          {kinds ? (
            <>
              A yes takes {kindsInWords(kinds)}. <span className="text-muted">A no is a click.</span>
            </>
          ) : (
            <>
              A click is enough here.{" "}
              <span className="text-muted">You may sign your yes: the receipt then says so.</span>
            </>
          )}
        </span>
      </p>
      {ways && ways.length > 1 && way && (
        <div className="flex">
          <SegmentedControl
            label="Say yes by"
            segments={ways.map((each) => ({ value: each, label: WAY_NAMES[each] }))}
            value={way}
            onChange={onChange}
          />
        </div>
      )}
      {way && way !== "click" && <p className="text-muted">{SHOWN[way]}</p>}
      {ways?.length === 0 && countsFrom && (
        <p>
          What you have signs from <Moment at={countsFrom} look="exact" />: nothing confirmed it when it came, so it
          waits. The question stays until its own time is over. If it is not yours,{" "}
          <Link href="/settings" className="underline">
            take it away under Settings
          </Link>
          .
        </p>
      )}
      {ways?.length === 0 && !countsFrom && (
        <p>
          You have nothing of that yet.{" "}
          <Link href="/settings" className="underline">
            Add it under Settings
          </Link>
          , then come back: the question waits.
          {firstAfterHours > 0 && ` What nothing confirms counts ${laterWords(firstAfterHours)}.`}
        </p>
      )}
    </div>
  );
}
