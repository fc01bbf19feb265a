"use client";

import { useState } from "react";
import { useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";
import { Chooser } from "./chooser";
import { askTarget } from "./outline-choices";

type ConnectChooserProps = { node: NodeId; onDone(words: string): void; onClose(): void };

/** Where a node could be connected to, as a list. */
export function ConnectChooser({ node, onDone, onClose }: ConnectChooserProps) {
  const [question] = useState(() => {
    const found = useStudio.getState().document.nodes.find(({ id }) => id === node);
    return found ? askTarget(found) : null;
  });
  if (!question) return null;
  return <Chooser {...question} onChoose={(id) => onDone(question.choose(id))} onClose={onClose} />;
}
