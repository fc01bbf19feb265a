"use client";

import { ReactFlowProvider } from "@xyflow/react";
import Link from "next/link";
import type { ReactNode } from "react";
import { AppShell } from "@/components/ui/app-shell";
import { Button } from "@/components/ui/button";
import type { FlowId } from "@/flows/basics/ids";
import { AccountMenu } from "../panels/account/account-menu";
import { ApiFault } from "../panels/account/api-fault";
import { useShellNav } from "../panels/account/shell-nav";
import { StudioToolbar } from "../panels/studio/studio-toolbar";
import { useAgents } from "../panels/studio/use-agents";
import { useFlowSession } from "../panels/studio/use-flow-session";
import { useRunWatch } from "../panels/studio/use-run-watch";
import { StudioBody } from "./studio-body";
import { StudioSkeleton } from "./studio-skeleton";
import { useCompile } from "./use-compile";
import { useNarrow } from "./use-narrow";
import { useRunDialog } from "./use-run-dialog";

/** One flow, open: to draw, to run, to watch. */
export function Studio({ flow: id }: { flow: string }) {
  const flow = id as FlowId; // the API holds it against its schema
  const { query, opened } = useFlowSession(flow);
  const { agents } = useAgents();
  const broken = useCompile(agents);
  const narrow = useNarrow();
  const name = query.data?.name ?? "";
  const { ask, dialog } = useRunDialog({ flow, name });
  useRunWatch(flow, opened);

  const shell = (toolbar: ReactNode, body: ReactNode) => (
    <Shell toolbar={toolbar}>
      {body}
      {dialog}
    </Shell>
  );
  if (query.error && !opened)
    return shell(
      <span />,
      <div className="mx-auto w-full max-w-page p-8">
        <ApiFault fault={query.error} actions={<Button onClick={() => void query.refetch()}>Try again</Button>} />
      </div>,
    );
  if (!opened) return shell(<span className="truncate font-strong">{name}</span>, <StudioSkeleton />);
  return (
    <ReactFlowProvider>
      {shell(
        <StudioToolbar flow={flow} name={name} narrow={narrow} onRun={ask} />,
        <StudioBody narrow={narrow} compilerBroken={broken} onRun={ask} />,
      )}
    </ReactFlowProvider>
  );
}

function Shell({ toolbar, children }: { toolbar: ReactNode; children: ReactNode }) {
  return (
    <AppShell nav={useShellNav()} account={<AccountMenu />} link={Link} toolbar={toolbar} fit="tool">
      {children}
    </AppShell>
  );
}
