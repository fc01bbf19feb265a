"use client";

import { useMutation } from "@tanstack/react-query";
import { useAgents } from "@/components/panels/studio/use-agents";
import { useModels } from "@/components/panels/studio/use-models";
import type { Tried } from "@/components/store/run-slice";
import { useStudio } from "@/components/store/studio-store";
import type { Json } from "@/flows/basics/json";
import type { Result } from "@/flows/basics/result";
import type { DryRun, DryRunAsk } from "./dry-run";

/** Nothing that a page does may take longer; a drawing whose simulation does is stopped. */
const MOST_MS = 30_000;

/** Tries what is drawn in a worker of this page, and shows on the canvas how it went. */
export function useDryRun(onShown: () => void) {
  const { agents = [] } = useAgents();
  const { models = new Map() } = useModels();
  return useMutation({
    mutationFn: async ({ input, answer }: Pick<DryRunAsk, "input" | "answer">): Promise<Tried> => {
      const { document } = useStudio.getState();
      const { nodes, wires, flows } = document;
      const manifests = new Map(agents.map((manifest) => [manifest.agent, manifest]));
      const ask = { graph: { nodes, wires, flows }, manifests, models, input: input as Json, answer, atMs: Date.now() };
      const done = await inWorker(ask);
      if (!done.ok) throw new Error("The drawing has problems: mend them first.");
      return { document, ...done.value };
    },
    onSuccess(tried) {
      const { showTried, setPanels } = useStudio.getState();
      showTried(tried);
      setPanels({ dock: true, tab: "run" });
      onShown();
    },
  });
}

function inWorker(ask: DryRunAsk): Promise<Result<DryRun, unknown>> {
  const worker = new Worker(new URL("./dry-run.worker.ts", import.meta.url), { type: "module" });
  return new Promise<Result<DryRun, unknown>>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("The dry run took more than half a minute.")), MOST_MS);
    worker.onmessage = ({ data }: MessageEvent<Result<DryRun, unknown>>) => {
      clearTimeout(late);
      resolve(data);
    };
    worker.onerror = () => reject(new Error("The simulator could not be loaded."));
    worker.postMessage(ask);
  }).finally(() => worker.terminate());
}
