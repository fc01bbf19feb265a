import { type DBSchema, openDB } from "idb";
import type { Deed } from "@/flows/graph/deed";
import type { Steps } from "./document-slice";

/** A deed as a page keeps it. `at` and `count` say in which order deeds were done. */
export type Kept = { flow: string; tab: string; id: string; at: number; count: number; deed: Deed };
type KeptSteps = { flow: string; tab: string; at: number; steps: Steps };

interface Shape extends DBSchema {
  deeds: { key: [string, string, string]; value: Kept };
  steps: { key: [string, string]; value: KeptSteps };
}

export type DeepJournal = {
  /** True once the browser has it for sure. */
  put(kept: Kept): Promise<boolean>;
  drop(keys: readonly (readonly [flow: string, tab: string, id: string])[]): Promise<void>;
  deeds(flow: string): Promise<Kept[]>;
  keepSteps(place: readonly [flow: string, tab: string], steps: Steps): Promise<void>;
  /** The steps of the first of these pages that has any, else the latest of those that are free to take. */
  steps(flow: string, of: { order: (string | null)[]; isFree(tab: string): boolean }): Promise<Steps | null>;
};

/** What pages keep in IndexedDB. A write that the browser refuses, such as for want of room, is told and breaks nothing. */
export async function openDeepJournal(): Promise<DeepJournal> {
  const db = await openDB<Shape>("studio", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("deeds", { keyPath: ["flow", "tab", "id"] });
      fresh.createObjectStore("steps", { keyPath: ["flow", "tab"] });
    },
  });
  const written = (writing: Promise<unknown>) =>
    writing.then(
      () => true,
      () => false,
    );
  return {
    put: (kept) => written(db.put("deeds", kept)),
    async drop(keys) {
      await written(Promise.all(keys.map((key) => db.delete("deeds", [...key]))));
    },
    deeds: (flow) => db.getAll("deeds", IDBKeyRange.bound([flow], [flow, []])),
    async keepSteps([flow, tab], steps) {
      await written(db.put("steps", { flow, tab, at: Date.now(), steps }));
    },
    async steps(flow, { order, isFree }) {
      const all = await db.getAll("steps", IDBKeyRange.bound([flow], [flow, []]));
      const free = all.filter(({ tab }) => isFree(tab)).sort((a, b) => b.at - a.at);
      await written(Promise.all(free.map(({ tab }) => db.delete("steps", [flow, tab]))));
      const wanted = order.map((page) => all.find(({ tab }) => tab === page)).find((kept) => kept !== undefined);
      return (wanted ?? free[0])?.steps ?? null;
    },
  };
}
