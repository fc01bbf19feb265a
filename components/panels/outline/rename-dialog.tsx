"use client";

import { type FormEvent, useId, useState } from "react";
import { explainEdit } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { FlowNode } from "@/flows/graph/graph";

const focused = (input: HTMLInputElement | null) => input?.focus();

/** A new title for a node. `onDone` gets what was done in words, or null when nothing was. */
export function RenameDialog({ node, onDone }: { node: FlowNode; onDone(words: string | null): void }) {
  const form = useId();
  const [title, setTitle] = useState(node.title);
  const [problem, setProblem] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    const { document, edit } = useStudio.getState();
    const refused = edit({ edit: "rename_node", node: node.id, title });
    if (refused) setProblem(explainEdit(document, refused));
    else onDone(`Renamed ${node.title} to ${title.trim()}.`);
  }

  return (
    <Dialog
      open
      onClose={() => onDone(null)}
      title={`Rename ${node.title}`}
      actions={
        <Button tone="primary" type="submit" form={form}>
          Rename
        </Button>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label="Title" error={problem}>
          <TextInput ref={focused} maxLength={80} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
