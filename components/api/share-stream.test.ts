import { expect, test } from "vitest";
import { shareStream } from "@/components/api/share-stream";

type Channel = Pick<BroadcastChannel, "postMessage" | "close" | "onmessage">;
type Holder = { name: string; run: () => Promise<unknown>; signal: AbortSignal | undefined; left: () => void };

/** A browser with tabs: one lock queue and one channel between them. */
function browser() {
  const channels = new Set<Channel>();
  const queue: Holder[] = [];
  const opened: { tell(news: string): void; closed: boolean }[] = [];

  const next = () => void queue[0]?.run().then(queue[0].left);
  const request = (name: string, options: LockOptions, run: () => Promise<unknown>) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(holder), 1);
        resolve();
        next();
      };
      const holder: Holder = { name, run, signal: options.signal, left: leave };
      options.signal?.addEventListener("abort", () => {
        if (queue[0] === holder) return;
        queue.splice(queue.indexOf(holder), 1);
        reject(new DOMException("left", "AbortError"));
      });
      queue.push(holder);
      if (queue.length === 1) next();
    });

  function join(): Channel {
    const channel: Channel = {
      onmessage: null,
      close: () => channels.delete(channel),
      postMessage(data) {
        for (const other of channels)
          if (other !== channel) other.onmessage?.call(other as BroadcastChannel, { data } as MessageEvent);
      },
    };
    channels.add(channel);
    return channel;
  }

  function open(tell: (news: string) => void) {
    const stream = { tell, closed: false };
    opened.push(stream);
    return () => {
      stream.closed = true;
    };
  }

  const locks = { request } as unknown as Pick<LockManager, "request">;
  return { sharing: { name: "moves", open, locks, join }, opened };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("two tabs keep one stream between them and both hear its news", async () => {
  const { sharing, opened } = browser();
  const heard: string[] = [];
  shareStream(sharing, (news) => heard.push(`first ${news}`));
  shareStream(sharing, (news) => heard.push(`second ${news}`));
  await settled();
  expect(opened).toHaveLength(1);
  opened[0]?.tell("moved");
  expect(heard.sort()).toEqual(["first moved", "second moved"]);
});

test("the stream passes to the other tab when the reading one closes", async () => {
  const { sharing, opened } = browser();
  const heard: string[] = [];
  const leave = shareStream(sharing, () => heard.push("first"));
  shareStream(sharing, () => heard.push("second"));
  await settled();
  leave();
  await settled();
  expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
  opened[1]?.tell("moved");
  expect(heard).toEqual(["second"]);
});

test("a waiting tab that closes never opens a stream", async () => {
  const { sharing, opened } = browser();
  const first = shareStream(sharing, () => undefined);
  const second = shareStream(sharing, () => undefined);
  await settled();
  second();
  first();
  await settled();
  expect(opened).toHaveLength(1);
});

test("without locks every tab reads for itself", () => {
  const { sharing, opened } = browser();
  const heard: string[] = [];
  const leave = shareStream({ ...sharing, locks: null }, (news) => heard.push(news));
  opened[0]?.tell("moved");
  leave();
  expect(heard).toEqual(["moved"]);
  expect(opened[0]?.closed).toBe(true);
});

test("a page that may not lock reads for itself", async () => {
  const { sharing, opened } = browser();
  const refuse = { request: () => Promise.reject(new DOMException("opaque origin", "SecurityError")) };
  const leave = shareStream({ ...sharing, locks: refuse as unknown as LockManager }, () => undefined);
  await settled();
  expect(opened).toHaveLength(1);
  leave();
  expect(opened[0]?.closed).toBe(true);
});
