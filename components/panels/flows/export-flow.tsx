"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useTRPC } from "@/components/api/trpc";
import { saveFlowFile } from "@/components/panels/flows/save-flow-file";
import { useStudio } from "@/components/store/studio-store";
import { IconButton } from "@/components/ui/icon-button";

/** Saves what is on the canvas now as a file, whether the server has it yet or not. */
export function ExportFlow() {
  const trpc = useTRPC();
  const queries = useQueryClient();

  function save() {
    const { flow, document } = useStudio.getState();
    const shown = flow && queries.getQueryData(trpc.flows.get.queryKey({ flow }));
    saveFlowFile(shown ? shown.name : "", document);
  }

  return <IconButton label="Export flow" icon={<FileDown />} onClick={save} />;
}
