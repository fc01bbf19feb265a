"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, OctagonX } from "lucide-react";
import { useTRPC } from "@/components/api/trpc";
import { Moment } from "@/components/panels/runs/moment";
import { Panel } from "@/components/ui/panel";
import { problemWord } from "./registry-words";

/** What the studio's own probes found of an agent lately. The studio's own agents are watched by its health instead. */
export function ProbeHistory({ agent }: { agent: string }) {
  const trpc = useTRPC();
  const { data: probes = [] } = useQuery(trpc.registry.probes.queryOptions({ agent }));
  const well = probes.filter(({ problem }) => problem === null).length;
  return (
    <Panel title="Probes" padding="flush">
      <p className="px-4 py-2 text-muted">
        {probes.length === 0
          ? "Not probed yet. The studio calls agents from outside every quarter of an hour."
          : `Well in ${well} of the last ${probes.length}.`}
      </p>
      {probes.length > 0 && (
        <ul className="max-h-code overflow-auto border-t">
          {probes.slice(0, 20).map(({ at, problem }) => (
            <li key={at.getTime()} className="flex items-start gap-2 border-b px-4 py-2 last:border-b-0">
              {problem === null ? (
                <CircleCheck aria-hidden className="mt-1 shrink-0 text-ok" />
              ) : (
                <OctagonX aria-hidden className="mt-1 shrink-0 text-bad" />
              )}
              <span className="min-w-0 flex-1 break-words">
                {problem === null ? "Well" : `Not well: ${problemWord(problem)}`}
              </span>
              <span className="text-12 text-faint">
                <Moment at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
