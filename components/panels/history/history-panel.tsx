"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, TriangleAlert } from "lucide-react";
import { Suspense, useState } from "react";
import type { FlowHistory } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { dayOf, minuteOf, ownZone } from "@/components/panels/runs/moment-words";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { loadedLater } from "@/components/ui/loaded-later";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import type { FlowId } from "@/flows/basics/ids";
import type { Chosen } from "./compare-dialog";
import { byTheHour } from "./group-deeds";

const CompareDialog = loadedLater(() => import("./compare-dialog").then((file) => file.CompareDialog));

type Choose = (chosen: Chosen) => void;

/** What was done to the flow, by the hour, and the revisions that bear a name. A press compares one with now. */
export function HistoryPanel() {
  const flow = useStudio((studio) => studio.flow);
  const revision = useStudio((studio) => studio.saved?.revision ?? 1);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  if (!flow) return null;
  return (
    <div className="h-full overflow-y-auto pb-2">
      <Page flow={flow} before={revision + 1} isFirst onChoose={setChosen} />
      {chosen && (
        <Suspense fallback={null}>
          <CompareDialog flow={flow} chosen={chosen} onClose={() => setChosen(null)} />
        </Suspense>
      )}
    </div>
  );
}

type PageProps = { flow: FlowId; before: number; isFirst?: boolean; onChoose: Choose };

/** Each page knows where the next one begins. The first is read anew with every save. */
function Page({ flow, before, isFirst = false, onChoose }: PageProps) {
  const trpc = useTRPC();
  const asked = trpc.flows.history.queryOptions({ flow, before }, { placeholderData: (was) => was });
  const history = useQuery(asked);
  const [older, setOlder] = useState(false);
  const { data } = history;
  if (!data)
    return history.error ? (
      <ApiFault fault={history.error} actions={<Button onClick={() => void history.refetch()}>Try again</Button>} />
    ) : (
      <Loading label="Loading the history">
        <SkeletonRows rows={4} />
      </Loading>
    );
  const last = data.deeds.at(-1)?.revision ?? 1;
  return (
    <>
      {isFirst && <Named named={data.named} onChoose={onChoose} />}
      {isFirst && data.deeds.length === 0 && (
        <p className="px-4 py-3 text-muted">Nothing was done yet. Every edit will stand here by its name.</p>
      )}
      {byTheHour(data.deeds, (at) => `${dayOf(at, ownZone())}, ${minuteOf(at, ownZone()).slice(0, 2)}:00`).map(
        ({ key, deeds }) => (
          <section key={key} aria-label={key}>
            <h3 className="flex items-baseline gap-2 px-4 pt-2 text-12 text-faint">
              {key}
              <span className="tabular-nums">
                {deeds.length} {deeds.length === 1 ? "edit" : "edits"}
              </span>
            </h3>
            <ul>
              {deeds.map((deed) => (
                <DeedRow key={deed.revision} deed={deed} onChoose={onChoose} />
              ))}
            </ul>
          </section>
        ),
      )}
      {data.more && !older && (
        <div className="px-4 pt-2">
          <Button onClick={() => setOlder(true)}>Show older edits</Button>
        </div>
      )}
      {data.more && older && <Page flow={flow} before={last} onChoose={onChoose} />}
    </>
  );
}

const ROW = "quick flex min-h-control w-full items-baseline gap-3 px-4 py-1 text-left -outline-offset-2 hover:bg-hover";

function Named({ named, onChoose }: { named: FlowHistory["named"]; onChoose: Choose }) {
  if (named.length === 0) return null;
  return (
    <section aria-label="Named versions">
      <h3 className="px-4 pt-2 text-12 text-faint">Named versions</h3>
      <ul>
        {named.map(({ revision, name, at }) => (
          <li key={revision}>
            <button type="button" className={ROW} onClick={() => onChoose({ revision, name, title: name ?? "" })}>
              <Bookmark aria-hidden className="self-center text-faint" />
              <span className="min-w-0 flex-1 truncate font-strong">{name}</span>
              <span className="text-12 text-muted">
                revision {revision}, <Moment at={at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeedRow({ deed, onChoose }: { deed: FlowHistory["deeds"][number]; onChoose: Choose }) {
  const { revision, name, at, left } = deed;
  return (
    <li>
      <button
        type="button"
        className={ROW}
        onClick={() => onChoose({ revision, name: null, title: `Revision ${revision}` })}
      >
        <time dateTime={at.toISOString()} className="w-12 shrink-0 text-12 text-muted tabular-nums">
          {minuteOf(at, ownZone())}
        </time>
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {left.length > 0 && (
          <span className="flex items-center gap-1 text-12 text-warn">
            <TriangleAlert aria-hidden />
            {left.length === 1 ? "1 edit" : `${left.length} edits`} no longer applied
          </span>
        )}
        <span className="font-mono text-12 text-faint tabular-nums">{revision}</span>
      </button>
    </li>
  );
}
