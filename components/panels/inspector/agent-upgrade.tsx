"use client";

import { ArrowUpCircle } from "lucide-react";
import { useState } from "react";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowNode } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import { versionOf } from "./agent-facts";
import { getIn, setIn } from "./change";
import { manifestChanges } from "./manifest-changes";
import type { Place } from "./place";
import { settingEdits } from "./setting-edits";
import { UpgradeDialog } from "./upgrade-dialog";

type UpgradeProps = { at: Place; agent: string; now: Manifest | null; next: Manifest };

/** Says that there is a newer version of the agent that a node pins, and shows what it would change. */
export function AgentUpgrade({ at, agent, now, next }: UpgradeProps) {
  const [isOpen, setOpen] = useState(false);
  const version = versionOf(next.agent);
  return (
    <div className="flex flex-col items-start gap-2 rounded-control border p-3">
      <p>
        This node is pinned to {versionOf(agent)}. Version {version} is out.
      </p>
      <Button icon={<ArrowUpCircle aria-hidden />} onClick={() => setOpen(true)}>
        Upgrade to {version}
      </Button>
      {isOpen && <Choice at={at} agent={agent} now={now} next={next} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Choice({ at, agent, now, next, onClose }: UpgradeProps & { onClose(): void }) {
  const nodes = useStudio(({ document }) => document.nodes);
  const [isAll, setAll] = useState(false);
  const pinned = nodes.filter((node) => node.kind === at.node.kind && getIn(node.settings, at.path) === agent);
  const chosen = isAll ? pinned : pinned.filter(({ id }) => id === at.node.id);
  return (
    <UpgradeDialog
      title={`Upgrade to ${versionOf(next.agent)}`}
      declared={now && manifestChanges(now, next)}
      edits={chosen.flatMap((node) => upgraded(node, at.path, next))}
      onClose={onClose}
    >
      {pinned.length > 1 && (
        <Switch label={`All ${pinned.length} nodes of this agent`} checked={isAll} onChange={setAll} />
      )}
    </UpgradeDialog>
  );
}

function upgraded(node: FlowNode, path: readonly string[], { agent }: Manifest): FlowEdit[] {
  return settingEdits(node, setIn(node.settings, path, agent) as FlowNode["settings"]);
}
