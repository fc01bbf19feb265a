"use client";

import { useMemo } from "react";
import { useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";
import { Chooser } from "./chooser";
import { askConnection } from "./outline-choices";

type ConnectChooserProps = { node: NodeId; onDone(words: string): void; onClose(): void };

/** What a node could be connected with, as a list. The ports of one that was just added come a moment after it. */
export function ConnectChooser({ node, onDone, onClose }: ConnectChooserProps) {
  const document = useStudio((studio) => studio.document);
  const ports = useStudio((studio) => studio.ports);
  const question = useMemo(() => askConnection({ document, ports }, node), [document, ports, node]);
  if (!question) return null;
  return <Chooser {...question} onChoose={(id) => onDone(question.choose(id))} onClose={onClose} />;
}
