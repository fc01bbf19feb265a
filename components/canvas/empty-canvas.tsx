"use client";

import { useReactFlow } from "@xyflow/react";
import { Kbd } from "@/components/ui/kbd";
import type { Manifest } from "@/flows/plan/manifest";
import { useStudio } from "../store/studio-store";
import { FIT } from "./fit";
import { agentForStarters, drawStarter, STARTERS, type Starter } from "./starters";

/** A canvas with nothing on it: three ways to begin. */
export function EmptyCanvas({ agents }: { agents: readonly Manifest[] }) {
  const { fitView } = useReactFlow();
  const agent = agentForStarters(agents);

  function begin(starter: Starter) {
    if (!agent) return;
    const { document, edit } = useStudio.getState();
    edit(drawStarter(document, starter, agent), { name: `Start with: ${starter.name}` });
    requestAnimationFrame(() => void fitView(FIT));
  }

  return (
    <section
      aria-labelledby="empty-title"
      className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center p-6"
    >
      <div className="pointer-events-auto flex max-w-dialog flex-col gap-4">
        <div>
          <h2 id="empty-title" className="text-16">
            Nothing is drawn yet
          </h2>
          <p className="mt-1 text-muted">
            Drag an agent from the left, press <Kbd>/</Kbd> to search for one, or begin with one of these.
          </p>
        </div>
        <ul className="flex flex-col gap-2">
          {STARTERS.map((starter) => (
            <li key={starter.id}>
              <button
                type="button"
                disabled={!agent}
                onClick={() => begin(starter)}
                className="quick w-full rounded-control border border-line-strong bg-surface px-3 py-2 text-left hover:border-control hover:bg-hover disabled:text-faint"
              >
                <span className="block font-strong">{starter.name}</span>
                <span className="block text-12 text-muted">{starter.about}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
