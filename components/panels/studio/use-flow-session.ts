"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { domainErrorOf, isWorthRetrying } from "@/components/api/api-error";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { browserJournal } from "@/components/store/journal";
import { followSaved, openFlow } from "@/components/store/open-flow";
import { type Sent, startSaver } from "@/components/store/saver";
import { useStudio } from "@/components/store/studio-store";
import { toast } from "@/components/ui/toast";
import type { FlowId } from "@/flows/basics/ids";

/** Opens a flow from the server and keeps the server up with it until the page is left. */
export function useFlowSession(flow: FlowId) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const key = trpc.flows.get.queryKey({ flow });
  const query = useQuery(trpc.flows.get.queryOptions({ flow }, { gcTime: Number.POSITIVE_INFINITY }));
  const { data } = query;
  const here = data !== undefined;

  useEffect(() => {
    const first = queries.getQueryData(trpc.flows.get.queryKey({ flow }));
    if (!here || !first) return;
    const journal = browserJournal(flow);
    const opened = openFlow(flow, first, journal);
    if (opened === "with_unsaved")
      toast({ title: "Your unsaved edits are back", text: "They were kept in this browser and are being saved now." });
    const saver = startSaver({
      store: useStudio,
      journal,
      send: async ({ from, document }) => {
        const sent = await sentBy(client.flows.save.mutate({ flow, from, document }));
        if (sent.ok) {
          const { revision } = sent;
          queries.setQueryData(trpc.flows.get.queryKey({ flow }), (was) => was && { ...was, revision, document });
          void queries.invalidateQueries(trpc.flows.list.pathFilter());
        }
        return sent;
      },
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    });
    useStudio.setState({ flush: saver.flush });
    const again = () => void saver.flush();
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      void saver.flush();
      saver.stop();
    };
  }, [flow, here, client, queries, trpc]);

  useEffect(() => {
    if (data && useStudio.getState().flow === flow) followSaved(data);
  }, [data, flow]);

  const opened = useStudio((studio) => studio.flow === flow);
  return { query, key, opened: opened && here };
}

/** What became of a save, in the saver's words. */
async function sentBy(saving: Promise<{ revision: number }>): Promise<Sent> {
  try {
    return { ok: true, revision: (await saving).revision };
  } catch (fault) {
    const error = domainErrorOf(fault);
    if (error?.code === "flow_saved_elsewhere")
      return { ok: false, why: "elsewhere", now: { revision: error.revision, document: error.document } };
    return { ok: false, why: isWorthRetrying(fault) ? "offline" : "refused" };
  }
}
