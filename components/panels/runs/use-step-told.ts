"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { addSaid, isCallOf, type StepTold } from "@/components/panels/runs/step-told";

/** What the agent of a step says while it works. Null while it has said nothing. */
export function useStepTold(run: string, step: string): StepTold | null {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [told, setTold] = useState<StepTold | null>(null);

  useEffect(() => {
    // The events that are shown already need not be told again.
    const shown = queries.getQueryData(trpc.runs.get.queryKey({ run }))?.run.seq ?? 0;
    let lastEventId = `${run}:${shown}`;
    return whileVisible(() => {
      const stream = client.live.run.subscribe(
        { run, lastEventId },
        {
          onData({ id, data }) {
            lastEventId = id;
            if (data.kind === "progress" && isCallOf(run, step, data.operation)) setTold((last) => addSaid(last, data));
          },
        },
      );
      return () => stream.unsubscribe();
    });
  }, [client, trpc, queries, run, step]);
  return told;
}

/** A browser keeps six connections to one place: a tab that nobody looks at gives its own back, and goes on later. */
function whileVisible(open: () => () => void): () => void {
  let close: (() => void) | null = null;
  const follow = () => {
    if (document.visibilityState === "visible") close ??= open();
    else {
      close?.();
      close = null;
    }
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close?.();
  };
}
