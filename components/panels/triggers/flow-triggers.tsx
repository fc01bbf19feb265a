"use client";

import { useQuery } from "@tanstack/react-query";
import type { TurnedOn } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { useStudio } from "@/components/store/studio-store";
import { Panel } from "@/components/ui/panel";
import type { FlowId, NodeId } from "@/flows/basics/ids";
import { TriggerRow } from "./trigger-row";
import type { OwnTrigger } from "./trigger-words";

const NONE: readonly OwnTrigger[] = [];

/** What may start this flow by itself: what is drawn, and what was turned on for it, also when it is drawn no longer. */
export function FlowTriggers() {
  const flow = useStudio((studio) => studio.flow);
  return flow && <OfFlow flow={flow} />;
}

function OfFlow({ flow }: { flow: FlowId }) {
  const trpc = useTRPC();
  const { data: known = [] } = useQuery(trpc.triggers.list.queryOptions({ flow }));
  const all = useStudio((studio) => studio.plan?.triggers);
  const drawn = all?.filter((each): each is OwnTrigger => each.on !== "manual") ?? NONE;
  const nodes = new Set<NodeId>([...drawn.map(({ node }) => node), ...known.filter(isOn).map(({ node }) => node)]);
  if (nodes.size === 0) return null;
  return (
    <Panel look="section" level={3} title="Triggers" remember="flow-triggers">
      <ul className="flex flex-col gap-4">
        {[...nodes].map((node) => (
          <TriggerRow
            key={node}
            flow={flow}
            node={node}
            drawn={drawn.find((each) => each.node === node) ?? null}
            known={known.find((each) => each.node === node) ?? null}
          />
        ))}
      </ul>
    </Panel>
  );
}

const isOn = (trigger: TurnedOn) => trigger.isOn;
