import type { FlowId } from "@/flows/basics/ids";
import type { Deed } from "@/flows/graph/deed";
import type { DeepJournal, Kept } from "./deep-journal";
import type { Step, Steps } from "./document-slice";
import { sessionTab } from "./tab";

/** What pages before this one left behind of a flow: deeds that the server may not have, and the steps of undo. */
export type Recovered = { deeds: readonly Deed[]; steps: Steps | null };

/** Keeps what the server is not known to have, so that a closed or broken tab loses nothing. */
export type Journal = {
  put(deed: Deed): void;
  drop(ids: readonly string[]): void;
  keepSteps(steps: Steps): void;
  recover(): Promise<Recovered>;
};

const PREFIX = "studio:deed:";

/**
 * A deed lies in `localStorage` before the call returns, since that alone is written at once. It moves to IndexedDB, which
 * has room, as soon as that has it for sure. Where there is no IndexedDB it stays. Each page writes under an id of its
 * own, and takes over what pages left that are gone.
 */
export function browserJournal(flow: FlowId, load: () => Promise<DeepJournal | null> = loadDeep): Journal {
  const tab = sessionTab();
  const deep = load();
  const latest = new Map<string, Deed>();
  let count = 0;
  let steps: Steps | null = null;
  let isWriting = false;
  const keyOf = (id: string) => `${PREFIX}${flow}:${tab.id}:${id}`;

  async function writeDeep(kept: Kept): Promise<void> {
    const journal = await deep;
    if (!journal || latest.get(kept.deed.id) !== kept.deed) return;
    const isThere = await journal.put(kept);
    if (isThere && latest.get(kept.deed.id) === kept.deed) local((storage) => storage.removeItem(keyOf(kept.deed.id)));
    if (!latest.has(kept.deed.id)) await journal.drop([[flow, tab.id, kept.deed.id]]);
  }

  async function writeSteps(): Promise<void> {
    isWriting = true;
    const journal = await deep;
    while (steps) {
      const now = steps;
      steps = null;
      await journal?.keepSteps([flow, tab.id], now);
    }
    isWriting = false;
  }

  return {
    put(deed) {
      latest.set(deed.id, deed);
      count += 1;
      const kept: Kept = { flow, tab: tab.id, id: deed.id, at: Date.now(), count, deed };
      local((storage) => storage.setItem(keyOf(deed.id), JSON.stringify(kept)));
      void writeDeep(kept);
    },
    drop(ids) {
      for (const id of ids) {
        latest.delete(id);
        local((storage) => storage.removeItem(keyOf(id)));
      }
      void deep.then((journal) => journal?.drop(ids.map((id) => [flow, tab.id, id])));
    },
    keepSteps({ past, future }) {
      steps = { past: past.map(withoutPage), future };
      if (!isWriting) void writeSteps();
    },
    async recover() {
      const journal = await deep;
      const isGone = await tab.gone();
      // A flow that was left and is opened again on the same page left what it had under this page's own id.
      const isFree = (other: string) => other === tab.id || isGone(other);
      const left = [...((await journal?.deeds(flow)) ?? []), ...localDeeds(flow)].filter((kept) => isFree(kept.tab));
      const found = await journal?.steps(flow, { order: [tab.id, tab.before], isFree });
      const deeds = inOrder(left.filter(({ id }) => !latest.has(id)));
      // They are this page's now: first written here, then taken away there.
      for (const deed of deeds) this.put(deed);
      await takeAway(
        left.filter((kept) => kept.tab !== tab.id),
        journal,
      );
      return { deeds, steps: found ?? null };
    },
  };
}

/** The same deed may lie in both places; what is in `localStorage` is the later one. */
function inOrder(left: readonly Kept[]): Deed[] {
  const once = new Map(left.map((kept) => [kept.id, kept]));
  return [...once.values()].sort((a, b) => a.at - b.at || a.count - b.count).map(({ deed }) => deed);
}

async function takeAway(left: readonly Kept[], journal: DeepJournal | null): Promise<void> {
  await journal?.drop(left.map(({ flow, tab, id }) => [flow, tab, id]));
  for (const { flow, tab, id } of left) local((storage) => storage.removeItem(`${PREFIX}${flow}:${tab}:${id}`));
}

function localDeeds(flow: FlowId): Kept[] {
  const texts = local((storage) =>
    Array.from({ length: storage.length }, (_, place) => storage.key(place))
      .filter((key) => key?.startsWith(`${PREFIX}${flow}:`))
      .map((key) => storage.getItem(key ?? "")),
  );
  return (texts ?? []).flatMap(readKept);
}

/** What somebody else wrote there, or half a text, hides none of the others. */
function readKept(text: string | null): Kept[] {
  try {
    const kept = JSON.parse(text ?? "") as Partial<Kept> | null;
    return kept?.id && Array.isArray(kept.deed?.edits) ? [kept as Kept] : [];
  } catch {
    return [];
  }
}

/** Without storage (private windows, a full disk) nothing is kept there. */
function local<T>(act: (storage: Storage) => T): T | null {
  try {
    return typeof localStorage === "undefined" ? null : act(localStorage);
  } catch {
    return null;
  }
}

function withoutPage({ from: _page, ...step }: Step): Step {
  return { ...step, merge: null };
}

async function loadDeep(): Promise<DeepJournal | null> {
  if (typeof indexedDB === "undefined") return null;
  try {
    return await (await import("./deep-journal")).openDeepJournal();
  } catch {
    return null; // not loaded, or refused by the browser: what is written at once stays where it is
  }
}
