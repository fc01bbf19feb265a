"use client";

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo } from "react";
import { shareStream } from "@/components/api/share-stream";
import { useTRPCClient } from "@/components/api/trpc";

/**
 * `moved`: a run came to event `seq`. `missed`: the stream was opened anew, and moves before it may not have been told.
 * `notices`: there are some, or what became of them is known. `lost`: the stream broke; it is being opened anew.
 */
export type LiveNews =
  | { kind: "moved"; run: string; seq: number; status: string }
  | { kind: "notices" | "missed" | "lost" };

type Listen = (listener: (news: LiveNews) => void) => () => void;
const LiveMovesContext = createContext<Listen>(() => () => undefined);

/** Keeps the one stream of this browser open while anybody listens. Tabs of another account have another stream. */
export function LiveMovesProvider({ account, children }: { account: string; children: ReactNode }) {
  const client = useTRPCClient();
  const listen = useMemo(
    () =>
      shared((tell) =>
        shareStream<LiveNews>(
          {
            name: `studio-live:${account}`,
            open: (told) => openMoves(client, told),
            locks: navigator.locks ?? null,
            join: typeof BroadcastChannel === "undefined" ? null : (name) => new BroadcastChannel(name),
          },
          tell,
        ),
      ),
    [client, account],
  );
  return <LiveMovesContext value={listen}>{children}</LiveMovesContext>;
}

/** Calls back at every move of a run that concerns the signed-in person, in whichever tab the stream is read. */
export function useLiveMoves(callback: (news: LiveNews) => void): void {
  const listen = useContext(LiveMovesContext);
  const onNews = useEffectEvent(callback);
  useEffect(() => listen((news) => onNews(news)), [listen]);
}

function openMoves(client: ReturnType<typeof useTRPCClient>, tell: (news: LiveNews) => void): () => void {
  const stream = client.live.moves.subscribe(undefined, {
    onStarted: () => tell({ kind: "missed" }),
    onConnectionStateChange: ({ state, error }) => state === "connecting" && error && tell({ kind: "lost" }),
    onData: ({ data }) => tell(newsOf(data)),
  });
  return () => stream.unsubscribe();
}

type Told = { run: string; seq: number; status: string } | { notices: true } | { behind: true };

function newsOf(told: Told): LiveNews {
  if ("behind" in told) return { kind: "missed" };
  return "notices" in told ? { kind: "notices" } : { kind: "moved", ...told };
}

/** Starts with the first listener, stops with the last. */
function shared(start: (tell: (news: LiveNews) => void) => () => void): Listen {
  const listeners = new Set<(news: LiveNews) => void>();
  let stop: (() => void) | null = null;
  return (listener) => {
    listeners.add(listener);
    stop ??= start((news) => {
      for (const each of listeners) each(news);
    });
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      stop?.();
      stop = null;
    };
  };
}
