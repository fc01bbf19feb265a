"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { Suspense, useMemo } from "react";
import { AppShell } from "@/components/ui/app-shell";
import { Button } from "@/components/ui/button";
import { loadedLater } from "@/components/ui/loaded-later";
import type { FlowId } from "@/flows/basics/ids";
import { useShellNav } from "../panels/account/shell-nav";
import { useKeptDebugging } from "../panels/debugging/use-kept-debugging";
import { StudioToolbar } from "../panels/studio/studio-toolbar";
import { useAgents } from "../panels/studio/use-agents";
import { useFlowSession } from "../panels/studio/use-flow-session";
import { useModels } from "../panels/studio/use-models";
import { useRunWatch } from "../panels/studio/use-run-watch";
import { useStudio } from "../store/studio-store";
import { isFirstPicture } from "./first-picture";
import { QuietLink } from "./quiet-link";
import { StudioBody } from "./studio-body";
import { StudioSkeleton } from "./studio-skeleton";
import { useCompile } from "./use-compile";
import { useNarrow } from "./use-narrow";
import { useRests } from "./use-rests";
import { useRunDialog } from "./use-run-dialog";

const ApiFault = loadedLater(() => import("../panels/account/api-fault").then((file) => file.ApiFault));

const AccountCorner = loadedLater(() => import("../panels/account/account-corner").then((file) => file.AccountCorner));

/** One flow, open: to draw, to run, to watch. */
export function Studio({ flow: id }: { flow: string }) {
  const flow = id as FlowId; // the API holds it against its schema
  const { query, opened } = useFlowSession(flow);
  const { agents, error } = useAgents();
  const { models } = useModels();
  const broken = useCompile({ manifests: agents, models, opened });
  const narrow = useNarrow();
  const name = query.data?.name ?? "";
  const { ask, dialog } = useRunDialog({ flow, name, compilerBroken: broken });
  useRunWatch(flow, opened);
  useKeptDebugging(flow, opened);
  useRests();
  // Ports come with the compiler's first answer; drawn before it, every node would change its shape a moment later.
  const compiled = useStudio((studio) => studio.compiledFrom !== null) && opened;
  const ready = compiled || broken || error !== null;
  const pictured = useFirstPicture(opened);

  function content() {
    if (opened)
      return <StudioBody {...{ narrow, ready, onRun: ask }} drawn={ready || pictured} compilerBroken={broken} />;
    if (query.error) return <NotOpened fault={query.error} onRetry={() => void query.refetch()} />;
    return <StudioSkeleton />;
  }

  return (
    <ReactFlowProvider>
      <AppShell
        nav={useShellNav()}
        account={<Account wanted={ready || query.error !== null} />}
        link={QuietLink}
        fit="tool"
        toolbar={
          opened ? (
            <StudioToolbar flow={flow} name={name} narrow={narrow} onRun={ask} />
          ) : (
            <span className="truncate px-2 font-strong">{name}</span>
          )
        }
      >
        {content()}
        {dialog}
      </AppShell>
    </ReactFlowProvider>
  );
}

/** Looked at once, when the flow is opened: what stands on the canvas is not taken away again. */
function useFirstPicture(opened: boolean): boolean {
  return useMemo(() => {
    const room = opened ? { width: window.innerWidth, height: window.innerHeight } : null;
    return room !== null && isFirstPicture(useStudio.getState().document, room);
  }, [opened]);
}

function NotOpened({ fault, onRetry }: { fault: unknown; onRetry(): void }) {
  return (
    <div className="mx-auto w-full max-w-page p-8">
      <Suspense fallback={null}>
        <ApiFault fault={fault} actions={<Button onClick={onRetry}>Try again</Button>} />
      </Suspense>
    </div>
  );
}

/** Loaded once the canvas stands, in the place that is kept for it. */
function Account({ wanted }: { wanted: boolean }) {
  const place = (
    <>
      <span className="size-control" />
      <span className="size-control" />
    </>
  );
  return wanted ? (
    <Suspense fallback={place}>
      <AccountCorner />
    </Suspense>
  ) : (
    place
  );
}
