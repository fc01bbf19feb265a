"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { useState } from "react";
import type { FlowInList } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { explainEdit } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SearchList } from "@/components/ui/search-list";
import { toast } from "@/components/ui/toast";
import type { FlowNode } from "@/flows/graph/graph";
import { pinEdits } from "./pin-edits";

/** The choice that was made last: an earlier one that comes later is not made. */
let newest: symbol | null = null;

/** `edits` says what choosing one means; without it the node stands for the flow. */
type PickerProps = { node: FlowNode; edits?: typeof pinEdits; onClose(): void };

/** One of the person's own flows, and then one of its revisions. */
export function FlowPicker({ node, edits = pinEdits, onClose }: PickerProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<FlowInList | null>(null);

  async function pin(flow: FlowInList, revision: number) {
    onClose();
    const { flow: open } = useStudio.getState();
    const pinned = pinnedBy(node.id);
    const own = Symbol(flow.name);
    newest = own;
    const asked = trpc.flows.at.queryOptions({ flow: flow.id, revision });
    // Offline it fails at once: what waited for the network would be pinned long after it was chosen.
    const found = await queries.fetchQuery({ ...asked, networkMode: "always" }).catch(() => null);
    const pinning =
      found &&
      (await useStudio
        .getState()
        .pinDrawing?.(found.document)
        .catch(() => null));
    // Another flow is open by now, or another choice has been made here.
    if (useStudio.getState().flow !== open || newest !== own || pinnedBy(node.id) !== pinned) return;
    if (!pinning) return void toast({ title: `${flow.name} could not be pinned`, text: "Try again." });
    const { document, edit } = useStudio.getState();
    const now = document.nodes.find(({ id }) => id === node.id);
    if (!now) return;
    const refused = edit(edits(document, now, { pinning, name: flow.name }), { name: `Pin ${flow.name}` });
    if (refused) toast({ title: `${flow.name} could not be pinned`, text: explainEdit(document, refused) });
  }

  return (
    <Dialog
      open
      title={chosen ? `Which revision of ${chosen.name}` : "Choose a flow"}
      text="It is pinned as it is: what is drawn there later changes nothing here."
      onClose={onClose}
    >
      {chosen ? (
        <Revisions key={chosen.id} flow={chosen} onPick={(revision) => void pin(chosen, revision)} />
      ) : (
        <Flows onPick={setChosen} />
      )}
    </Dialog>
  );
}

/** What a node of the open drawing pins. */
function pinnedBy(id: FlowNode["id"]) {
  return useStudio.getState().document.nodes.find((node) => node.id === id)?.settings.flow;
}

function Flows({ onPick }: { onPick(flow: FlowInList): void }) {
  const trpc = useTRPC();
  const open = useStudio((studio) => studio.flow);
  const { data, error, refetch } = useQuery(trpc.flows.list.queryOptions());
  const own = data?.filter(({ id }) => id !== open) ?? [];
  return (
    <>
      <ApiFault fault={error} actions={<Button onClick={() => void refetch()}>Try again</Button>} />
      <SearchList
        label="Flows"
        placeholder="Search your flows"
        items={own.map(({ id, name, nodes, revision }) => ({
          id,
          label: name,
          about: `${nodes} ${nodes === 1 ? "node" : "nodes"}, revision ${revision}`,
          icon: <Workflow aria-hidden />,
        }))}
        onPick={(id) => own.filter((flow) => flow.id === id).forEach(onPick)}
        nothing={data ? "You have no other flow of that name." : "Loading your flows."}
      />
    </>
  );
}

/** As it is now, or as it was when somebody gave it a name. */
function Revisions({ flow, onPick }: { flow: FlowInList; onPick(revision: number): void }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.flows.history.queryOptions({ flow: flow.id, before: flow.revision + 1 }));
  const named = data?.named.filter(({ revision }) => revision !== flow.revision) ?? [];
  return (
    <SearchList
      label="Revisions"
      placeholder="Search its named revisions"
      items={[
        { id: String(flow.revision), label: "As it is now", about: `revision ${flow.revision}` },
        ...named.map(({ revision, name }) => ({
          id: String(revision),
          label: name ?? `Revision ${revision}`,
          about: `revision ${revision}`,
        })),
      ]}
      onPick={(id) => onPick(Number(id))}
      nothing="No revision has that name."
    />
  );
}
