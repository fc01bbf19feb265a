"use client";

import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";

/** What a person did and could not be done, each with its reasons. It stays until they have seen it. */
export function ApartNotice() {
  const apart = useStudio((studio) => studio.apart);
  const { dismissApart } = useStudio.getState();
  return (
    <section
      role="alert"
      aria-label="Edits that no longer apply"
      className="flex max-h-40 items-start gap-3 overflow-y-auto border-b bg-warn-soft px-4 py-2 text-warn"
    >
      <div className="min-w-0 flex-1">
        <p className="font-strong">
          {apart.length === 1 ? "An edit" : `${apart.length} edits`} could not be made in full: the flow was changed in
          another tab.
        </p>
        <ul className="list-disc pl-4">
          {apart.map(({ id, name, reasons }) => (
            <li key={id}>
              <span className="font-strong">{name}</span>: {reasons.join(" ")}
            </li>
          ))}
        </ul>
      </div>
      <Button onClick={dismissApart}>Dismiss</Button>
    </section>
  );
}
