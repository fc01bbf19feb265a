import type { StoreApi } from "zustand";
import type { FlowDocument } from "@/flows/graph/graph";
import { canonicalJson } from "@/flows/plan/canonical";
import type { Journal } from "./journal";
import type { Saved, SavingSlice } from "./saving-slice";

/** What became of one attempt to save. */
export type Sent =
  | { ok: true; revision: number }
  | { ok: false; why: "elsewhere"; now: Saved }
  | { ok: false; why: "offline" | "refused" };

export type Unsaved = Omit<SavingSlice, "flush"> & { document: FlowDocument };

export type SaverPorts = {
  store: Pick<StoreApi<Unsaved>, "getState" | "setState" | "subscribe">;
  send(ask: { from: number; document: FlowDocument }): Promise<Sent>;
  journal: Journal;
  /** Calls back after a while; answers how to call it off. */
  after(ms: number, act: () => void): () => void;
};

export type Saver = {
  /** True once the server has exactly what is drawn now; false when it cannot be had. */
  flush(): Promise<boolean>;
  stop(): void;
};

const REST_MS = 600;
const RETRY_MS = [2_000, 5_000, 15_000, 30_000];

/** Sends what changed a moment after it changed, one save at a time. Until the server has it, the journal does. */
export function startSaver({ store, send, journal, after }: SaverPorts): Saver {
  let callOff = () => {};
  let sending: Promise<boolean> | null = null;
  let failures = 0;
  let stopped = false;

  const changed = () => {
    const { saved, document } = store.getState();
    return saved !== null && saved.document !== document;
  };

  function later(ms: number) {
    callOff();
    callOff = after(ms, () => void push());
  }

  function push(): Promise<boolean> {
    callOff();
    sending ??= attempt().finally(() => {
      sending = null;
    });
    return sending;
  }

  async function attempt(): Promise<boolean> {
    const { saved, document, elsewhere } = store.getState();
    if (!saved || elsewhere) return false;
    if (saved.document === document) return true;
    store.setState({ sending: "sending" });
    const sent = await send({ from: saved.revision, document });
    return stopped ? leave(sent, document) : settle(sent, document);
  }

  /** Another flow is on the table by now: only this flow's journal may still be touched. */
  function leave(sent: Sent, document: FlowDocument): boolean {
    const unsaved = journal.read();
    if (sent.ok && unsaved && canonicalJson(unsaved.document) === canonicalJson(document)) journal.clear();
    return sent.ok;
  }

  function settle(sent: Sent, document: FlowDocument): boolean {
    if (sent.ok) return taken(sent.revision, document);
    if (sent.why === "elsewhere") {
      // Our own save whose answer was lost looks like somebody else's.
      if (canonicalJson(sent.now.document) === canonicalJson(document)) return taken(sent.now.revision, document);
      store.setState({ sending: "idle", elsewhere: sent.now });
      return false;
    }
    store.setState({ sending: sent.why });
    if (sent.why === "offline") {
      later(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? REST_MS);
      failures += 1;
    }
    return false;
  }

  function taken(revision: number, document: FlowDocument): boolean {
    failures = 0;
    store.setState({ sending: "idle", saved: { revision, document } });
    if (!changed()) journal.clear();
    else later(0);
    return true;
  }

  const unsubscribe = store.subscribe((now, before) => {
    if (now.document === before.document && now.elsewhere === before.elsewhere) return;
    if (!now.saved) return;
    if (now.saved.document === now.document) return journal.clear();
    journal.write({ revision: now.saved.revision, document: now.document });
    if (!now.elsewhere) later(REST_MS);
  });
  if (changed()) later(0);

  return {
    async flush() {
      while (changed()) if (!(await push())) return false;
      return true;
    },
    stop() {
      stopped = true;
      unsubscribe();
      callOff();
    },
  };
}
