"use client";

import { useEffect, useState } from "react";
import { useLiveMoves } from "@/components/api/live-moves";
import { StatusMark } from "@/components/ui/status-mark";

/** A stream that comes back at once is not worth a word. */
const PATIENCE_MS = 3_000;

/** Says that what is on the screen may be old, while the live stream is broken. */
export function LiveNotice() {
  const [lost, setLost] = useState(false);
  const [shown, setShown] = useState(false);
  useLiveMoves(({ kind }) => setLost(kind === "lost"));
  useEffect(() => {
    if (!lost) return setShown(false);
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status" aria-label="Connection" className="pointer-events-none fixed bottom-toast left-4 z-40">
      {shown && (
        <p className="animate-rise rounded-card border border-line-strong bg-raised px-3 py-2 shadow-float">
          <StatusMark
            status="outcome_unknown"
            word="The studio does not answer. What you see may be old; trying again."
            className="whitespace-normal"
          />
        </p>
      )}
    </div>
  );
}
