/** One stream of news for all tabs of a browser: who holds the lock reads it and passes it on. */
export type Sharing<News> = {
  /** Of the lock and of the channel. Tabs that share a name share a stream. */
  name: string;
  /** Opens the stream; the answer closes it. */
  open(tell: (news: News) => void): () => void;
  /** Null where the browser has none: then this tab keeps a stream of its own. */
  locks: Pick<LockManager, "request"> | null;
  join: ((name: string) => Pick<BroadcastChannel, "postMessage" | "close" | "onmessage">) | null;
};

/**
 * Tells the news of a shared stream until the answer is called. The lock passes to another tab when this one closes or
 * dies, so there is always exactly one reader; it starts by telling that news may have been missed.
 */
export function shareStream<News>({ name, open, locks, join }: Sharing<News>, tell: (news: News) => void): () => void {
  if (!locks || !join) return open(tell);
  const channel = join(name);
  const leaving = new AbortController();
  const { signal } = leaving;
  let alone: (() => void) | null = null;
  channel.onmessage = ({ data }: MessageEvent<News>) => tell(data);

  async function lead(): Promise<void> {
    if (signal.aborted) return;
    const close = open((news) => {
      channel.postMessage(news);
      tell(news);
    });
    await new Promise<void>((left) => signal.addEventListener("abort", () => left(), { once: true }));
    close();
  }

  // Some pages may not lock (an opaque origin); they read alone.
  locks.request(name, { signal }, lead).catch(() => {
    if (!signal.aborted) alone = open(tell);
  });
  return () => {
    leaving.abort();
    alone?.();
    channel.onmessage = null;
    channel.close();
  };
}
