"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { isWorthRetrying } from "@/components/api/api-error";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { browserJournal } from "@/components/store/journal";
import { openFlow, takeUp } from "@/components/store/open-flow";
import { type Answer, headAfter, type Saver, type Sent, startSaver } from "@/components/store/saver";
import { useStudio } from "@/components/store/studio-store";
import { toast } from "@/components/ui/toast";
import type { FlowId } from "@/flows/basics/ids";
import { otherTabs } from "./other-tabs";

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
    const cached = trpc.flows.get.queryKey({ flow });
    const first = queries.getQueryData(cached);
    if (!here || !first) return;
    openFlow(flow, { revision: first.revision, document: first.document });
    const journal = browserJournal(flow);
    const tabs = otherTabs(flow, () => void saver.pull());
    const saver = startSaver({
      store: useStudio,
      journal,
      send: async (letter) => {
        const sent = await sentBy(client.flows.edit.mutate({ flow, from: letter.from, deeds: [...letter.deeds] }));
        // What is opened again is drawn as it was left, without asking first.
        if (sent.ok) queries.setQueryData(cached, (was) => was && { ...was, ...headAfter(was, sent.answer) });
        if (sent.ok && letter.deeds.length > 0) {
          tabs.tell();
          void queries.invalidateQueries(trpc.flows.list.pathFilter());
        }
        return sent;
      },
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    });
    useStudio.setState({ flush: saver.flush, pull: saver.pull });
    let left = false;
    void journal.recover().then((found) => {
      if (left || !takeUp(found)) return;
      toast({ title: "Your unsaved edits are back", text: "They were kept in this browser and are being saved now." });
      void saver.flush();
    });
    const leave = listening(saver);
    return () => {
      left = true;
      leave();
      void saver.flush();
      saver.stop();
      tabs.leave();
    };
  }, [flow, here, client, queries, trpc]);

  useEffect(() => {
    const { saved, flow: open, pull } = useStudio.getState();
    // Asked anew, as when the window is looked at again: what the server has more is heard as deeds.
    if (data && saved && open === flow && data.revision > saved.revision) void pull();
  }, [data, flow]);

  const opened = useStudio((studio) => studio.flow === flow);
  return { query, key, opened: opened && here };
}

/** Sends at once when the network is back, and when the page is put away: it may not be shown again. */
function listening({ flush, pull }: Saver): () => void {
  const onOnline = () => void pull();
  const onHidden = () => document.visibilityState === "hidden" && void flush();
  window.addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onHidden);
  return () => {
    window.removeEventListener("online", onOnline);
    document.removeEventListener("visibilitychange", onHidden);
  };
}

/** What became of a letter, in the saver's words. */
async function sentBy(sending: Promise<Answer>): Promise<Sent> {
  try {
    return { ok: true, answer: await sending };
  } catch (fault) {
    return { ok: false, why: isWorthRetrying(fault) ? "offline" : "refused" };
  }
}
