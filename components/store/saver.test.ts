import { expect, test } from "vitest";
import { create } from "zustand";
import { emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { type Sent, startSaver, type Unsaved } from "./saver";
import type { Saved } from "./saving-slice";

const drawn = (title: string): FlowDocument => ({
  ...emptyDocument,
  nodes: [{ id: "a" as FlowDocument["nodes"][number]["id"], kind: "output", title, settings: {} }],
});

/** A server in one variable, timers that fire when told, and a journal to look into. */
function desk(answer: (from: number, document: FlowDocument) => Sent) {
  const first: Saved = { revision: 1, document: emptyDocument };
  const store = create<Unsaved>()(() => ({
    document: emptyDocument,
    saved: first,
    sending: "idle",
    elsewhere: null,
  }));
  const kept: { journal: Saved | null } = { journal: null };
  const timers: { ms: number; act: () => void }[] = [];
  const asked: number[] = [];
  const saver = startSaver({
    store,
    journal: {
      read: () => kept.journal,
      write: (unsaved) => {
        kept.journal = unsaved;
      },
      clear: () => {
        kept.journal = null;
      },
    },
    send: async ({ from, document }) => {
      asked.push(from);
      return answer(from, document);
    },
    after: (ms, act) => {
      const timer = { ms, act };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
  });
  return { store, saver, kept, timers, asked };
}

test("an edit lies in the journal until the server has it", async () => {
  const { store, saver, kept, timers } = desk((from) => ({ ok: true, revision: from + 1 }));
  store.setState({ document: drawn("A") });
  expect(kept.journal).toEqual({ revision: 1, document: drawn("A") });
  expect(timers.map(({ ms }) => ms)).toEqual([600]);

  expect(await saver.flush()).toBe(true);
  expect(store.getState().saved).toEqual({ revision: 2, document: drawn("A") });
  expect(kept.journal).toBeNull();
});

test("what was drawn while a save was under way is saved next", async () => {
  const { store, saver, asked } = desk((from) => ({ ok: true, revision: from + 1 }));
  store.setState({ document: drawn("A") });
  const flushed = saver.flush();
  store.setState({ document: drawn("B") });
  expect(await flushed).toBe(true);
  expect(asked).toEqual([1, 2]);
  expect(store.getState().saved?.document).toEqual(drawn("B"));
});

test("without an answer the edits stay here and are sent again, later each time", async () => {
  const { store, saver, kept, timers } = desk(() => ({ ok: false, why: "offline" }));
  store.setState({ document: drawn("A") });
  expect(await saver.flush()).toBe(false);
  expect(await saver.flush()).toBe(false);
  expect(store.getState().sending).toBe("offline");
  expect(kept.journal?.document).toEqual(drawn("A"));
  expect(timers.map(({ ms }) => ms)).toEqual([5_000]);
});

test("a version from elsewhere is never overwritten, and nothing here is lost", async () => {
  const now = { revision: 7, document: drawn("Theirs") };
  const { store, saver, kept, asked } = desk(() => ({ ok: false, why: "elsewhere", now }));
  store.setState({ document: drawn("Mine") });
  expect(await saver.flush()).toBe(false);
  expect(store.getState().elsewhere).toEqual(now);

  store.setState({ document: drawn("Mine, still") });
  expect(await saver.flush()).toBe(false);
  expect(asked).toEqual([1]);
  expect(kept.journal?.document).toEqual(drawn("Mine, still"));
});

test("our own save whose answer was lost is not somebody else's", async () => {
  const { store, saver } = desk((_, document) => ({ ok: false, why: "elsewhere", now: { revision: 2, document } }));
  store.setState({ document: drawn("A") });
  expect(await saver.flush()).toBe(true);
  expect(store.getState()).toMatchObject({ elsewhere: null, saved: { revision: 2 } });
});

test("an answer that comes after the flow was left touches only that flow's journal", async () => {
  const { store, saver, kept } = desk((from) => ({ ok: true, revision: from + 1 }));
  store.setState({ document: drawn("A") });
  const flushed = saver.flush();
  saver.stop();
  const other = { revision: 40, document: drawn("Other flow") };
  store.setState({ saved: other, document: other.document });
  await flushed;
  expect(store.getState().saved).toEqual(other);
  expect(kept.journal).toBeNull();
});
