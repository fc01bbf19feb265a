"use client";

import { Suspense, useState } from "react";
import { loadedLater } from "@/components/ui/loaded-later";
import type { FlowId } from "@/flows/basics/ids";

const FlowNameField = loadedLater(() => import("./flow-name-field").then((file) => file.FlowNameField));

/** The flow's name; a press turns it into a field. */
export function FlowName({ flow, name }: { flow: FlowId; name: string }) {
  const [writing, setWriting] = useState(false);
  const shown = (
    <h1 className="min-w-0">
      <button
        type="button"
        aria-label={`Rename ${name}`}
        onClick={() => setWriting(true)}
        className="quick h-control max-w-full truncate rounded-control px-2 text-left font-strong hover:bg-hover"
      >
        {name}
      </button>
    </h1>
  );
  if (!writing) return shown;
  return (
    <Suspense fallback={shown}>
      <FlowNameField flow={flow} name={name} onDone={() => setWriting(false)} />
    </Suspense>
  );
}
