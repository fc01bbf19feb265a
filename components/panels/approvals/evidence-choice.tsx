import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { WAY_NAMES, type Way } from "@/components/panels/approvals/ways-to-agree";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type EvidenceKind, kindsInWords } from "@/flows/basics/evidence-kinds";

type EvidenceChoiceProps = {
  /** What a yes takes; null where a click is enough. */
  kinds: readonly EvidenceKind[] | null;
  /** Null while it is not known what the person has. */
  ways: readonly Way[] | null;
  way: Way | null;
  onChange(way: Way): void;
};

/** Says what a yes takes before anything is pressed, and lets whoever has several ways choose one. */
export function EvidenceChoice({ kinds, ways, way, onChange }: EvidenceChoiceProps) {
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
        <SegmentedControl
          label="Say yes by"
          className="self-start"
          segments={ways.map((each) => ({ value: each, label: WAY_NAMES[each] }))}
          value={way}
          onChange={onChange}
        />
      )}
      {ways?.length === 0 && (
        <p>
          You have nothing of that yet.{" "}
          <Link href="/settings" className="underline">
            Add it under Settings
          </Link>
          , then come back: the question waits.
        </p>
      )}
    </div>
  );
}
