"use client";

import { Stopped } from "@/components/panels/account/stopped";

/** The studio met a fault of its own. */
export default function StudioError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <Stopped
      title="The studio stopped"
      what="This screen met a fault of its own."
      safe="Your edits are saved, or kept in this browser until they are. Runs go on by themselves."
      next="Open the flow again. If it happens twice, look into the studio's log."
      action="Open the flow again"
      onAction={reset}
      code={error.digest ?? "studio_fault"}
    />
  );
}
