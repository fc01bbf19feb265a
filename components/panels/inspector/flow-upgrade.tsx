"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUpCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import type { Pinning } from "@/components/store/compile-slice";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import { ObjectSchema } from "@/flows/types/agent-manifest";
import { fieldChanges } from "./manifest-changes";
import { pinEdits } from "./pin-edits";
import { UpgradeDialog } from "./upgrade-dialog";

/** Says that the person's flow of that name is drawn otherwise by now than it is pinned here. */
export function FlowUpgrade({ node }: { node: FlowNode }) {
  const trpc = useTRPC();
  const open = useStudio((studio) => studio.flow);
  const name = String(node.settings.name ?? "");
  const { data: flows } = useQuery(trpc.flows.list.queryOptions());
  const own = flows?.find((flow) => flow.name === name && flow.id !== open);
  const asked = trpc.flows.get.queryOptions({ flow: own?.id ?? "" }, { enabled: own !== undefined });
  const { data } = useQuery(asked);
  const pinning = usePinning(data?.document);
  const [isOpen, setOpen] = useState(false);
  const drawing = useStudio((studio) => studio.document);
  if (!data || !pinning || pinning.flow === node.settings.flow) return null;
  const words = `Upgrade to revision ${data.revision}`;
  return (
    <div className="flex flex-col items-start gap-2 rounded-control border p-3">
      <p>Your flow {name} is drawn otherwise by now than it is pinned here.</p>
      <Button icon={<ArrowUpCircle aria-hidden />} onClick={() => setOpen(true)}>
        {words}
      </Button>
      {isOpen && (
        <UpgradeDialog
          title={words}
          declared={signatureChanges(node, pinning)}
          edits={pinEdits(drawing, node, { pinning, name })}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** Null until the worker has answered for this very drawing. */
function usePinning(document: FlowDocument | undefined): Pinning | null {
  const ask = useStudio((studio) => studio.pinDrawing);
  const [found, setFound] = useState<{ document: FlowDocument; pinning: Pinning | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    if (document) void ask?.(document).then((pinning) => wanted && setFound({ document, pinning }));
    return () => {
      wanted = false;
    };
  }, [ask, document]);
  return found?.document === document ? (found?.pinning ?? null) : null;
}

function signatureChanges({ settings }: FlowNode, { settings: next }: Pinning): string[] {
  const [input, inputNow] = [settings.input, next.input].map((each) => ObjectSchema.safeParse(each).data);
  const [outputs, outputsNow] = [settings.outputs, next.outputs].map(
    (properties) => ObjectSchema.safeParse({ type: "object", properties }).data,
  );
  return [
    ...(input && inputNow ? fieldChanges("Input", input, inputNow) : []),
    ...(outputs && outputsNow ? fieldChanges("Output", outputs, outputsNow) : []),
  ];
}
