import type { StoreApi } from "zustand";
import { sameJson } from "@/flows/basics/same-json";
import type { Deed } from "@/flows/graph/deed";
import type { FlowDocument } from "@/flows/graph/graph";
import { letterOf } from "@/flows/graph/letter";
import { catchUp, type Desk, drawnOn, type Head, type LoggedDeed } from "@/flows/graph/log";
import type { DocumentSlice } from "./document-slice";
import { explainEdit } from "./edit-words";
import type { Journal } from "./journal";
import type { SavingSlice } from "./saving-slice";

/** What the server says to deeds: where its log stands, what came into it since, or the whole drawing. */
export type Answer = { revision: number; deeds: readonly LoggedDeed[]; document: FlowDocument | null };
export type Sent = { ok: true; answer: Answer } | { ok: false; why: "offline" | "refused" };

export type Unsaved = Omit<SavingSlice, "flush" | "pull"> &
  Pick<DocumentSlice, "document" | "pending" | "growing" | "past" | "future" | "apart">;

export type SaverPorts = {
  store: Pick<StoreApi<Unsaved>, "getState" | "setState" | "subscribe">;
  /** `from` is the revision up to which this tab has heard; 0 asks for the whole drawing. */
  send(ask: { from: number; deeds: readonly Deed[] }): Promise<Sent>;
  journal: Pick<Journal, "put" | "drop" | "keepSteps">;
  /** Calls back after a while; answers how to call it off. */
  after(ms: number, act: () => void): () => void;
};

export type Saver = {
  /** True once the server has all that was done here; false when that cannot be had. */
  flush(): Promise<boolean>;
  /** Hears what others did. */
  pull(): Promise<boolean>;
  stop(): void;
};

const REST_MS = 600;
const RETRY_MS = [2_000, 5_000, 15_000, 30_000];

/** Sends what was done a moment after it, one letter at a time. Until the server has it, the journal does. */
export function startSaver({ store, send, journal, after }: SaverPorts): Saver {
  let callOff = () => {};
  let sending: Promise<boolean> | null = null;
  let failures = 0;
  let stopped = false;

  const isPending = () => store.getState().pending.length > 0;

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
    const { saved, pending } = store.getState();
    if (!saved) return false;
    const deeds = letterOf(pending);
    store.setState({ growing: null, ...(deeds.length > 0 ? { sending: "sending" } : {}) });
    const sent = await send({ from: saved.revision, deeds });
    if (!sent.ok) return failed(sent.why);
    journal.drop(deeds.map(({ id }) => id));
    // Another flow is on the table by now: only this flow's journal may still be touched.
    return stopped || settle(sent.answer, deeds);
  }

  function failed(why: "offline" | "refused"): boolean {
    if (stopped) return false;
    store.setState({ sending: why });
    if (why === "offline" && isPending()) {
      later(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? REST_MS);
      failures += 1;
    }
    return false;
  }

  /** What was sent is in the log now, whether the answer names it or it had been there before. */
  async function settle(answer: Answer, sent: readonly Deed[]): Promise<boolean> {
    failures = 0;
    const { saved, document, pending } = store.getState();
    if (!saved) return false;
    if (sent.length + answer.deeds.length === 0 && answer.revision === saved.revision) return true;
    const heard = heardOf({ head: saved, pending: without(pending, sent) }, answer);
    const desk = heard ?? (await whole(sent));
    if (!desk) return false;
    // Nothing but one's own: what is drawn stands, and stays the same object.
    const asDrawn = heard !== null && answer.document === null && isWhatWasSent(answer, sent);
    const now = asDrawn ? document : drawnOn(desk);
    draw(desk, now);
    const told = setApart(answer, { sent, document: now });
    if (told.length > 0) store.setState({ apart: [...store.getState().apart, ...told] });
    if (isPending()) later(0);
    return true;
  }

  function draw({ head, pending }: Desk, document: FlowDocument) {
    const saved = pending.length === 0 ? { ...head, document } : head;
    store.setState({ sending: "idle", pending, document, saved });
  }

  /** Something between is missing, or leads elsewhere than the log says: the server's drawing holds. */
  async function whole(taken: readonly Deed[]): Promise<Desk | null> {
    const sent = await send({ from: 0, deeds: [] });
    const { document = null, revision = 0 } = sent.ok ? sent.answer : {};
    if (document !== null && !stopped)
      return { head: { revision, document }, pending: without(store.getState().pending, taken) };
    failed("offline");
    return null;
  }

  const unsubscribe = store.subscribe((now, before) => {
    if (!now.saved) return;
    if (now.past !== before.past || now.future !== before.future) journal.keepSteps(now);
    if (now.pending === before.pending) return;
    const had = new Set(before.pending);
    for (const deed of now.pending) if (!had.has(deed)) journal.put(deed);
    if (now.pending.length > 0 && now.pending.at(-1) !== before.pending.at(-1)) later(REST_MS);
  });
  if (isPending()) later(0);

  return {
    async flush() {
      while (isPending()) if (!(await push())) return false;
      return true;
    },
    async pull() {
      await sending;
      return push();
    },
    stop() {
      stopped = true;
      unsubscribe();
      callOff();
    },
  };
}

/** Where a log stands after an answer; where it stood when the answer does not follow on it. */
export function headAfter(head: Head, answer: Answer): Head {
  return heardOf({ head, pending: [] }, answer)?.head ?? head;
}

function without(pending: readonly Deed[], taken: readonly Deed[]): readonly Deed[] {
  const ids = new Set(taken.map(({ id }) => id));
  return pending.filter(({ id }) => !ids.has(id));
}

function heardOf(desk: Desk, { revision, deeds, document }: Answer): Desk | null {
  return document ? { head: { revision, document }, pending: desk.pending } : catchUp(desk, deeds);
}

function isWhatWasSent({ deeds }: Answer, sent: readonly Deed[]): boolean {
  return (
    deeds.length === sent.length &&
    deeds.every(({ id, edits }, place) => id === sent[place]?.id && sameJson(edits, sent[place]?.edits))
  );
}

function setApart({ deeds }: Answer, { sent, document }: { sent: readonly Deed[]; document: FlowDocument }) {
  const own = new Set(sent.map(({ id }) => id));
  return deeds
    .filter(({ id, left }) => own.has(id) && left.length > 0)
    .map(({ id, name, left }) => ({
      id,
      name,
      reasons: [...new Set(left.map(({ error }) => explainEdit(document, error)))],
    }));
}
