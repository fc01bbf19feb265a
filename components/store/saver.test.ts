import { expect, test } from "vitest";
import { create } from "zustand";
import { NodeId } from "@/flows/basics/ids";
import type { Deed } from "@/flows/graph/deed";
import { emptyDocument, type FlowEdit } from "@/flows/graph/edit";
import { type Head, type LoggedDeed, logDeeds } from "@/flows/graph/log";
import { type DocumentSlice, documentSlice, type Step } from "./document-slice";
import { type Sent, startSaver, type Unsaved } from "./saver";
import { saveWord } from "./saving-slice";

const id = NodeId.parse("a");
const other = NodeId.parse("b");
const add = (node: NodeId): FlowEdit => ({
  edit: "add_node",
  node: { id: node, kind: "output", title: node, settings: {} },
  position: { x: 0, y: 0 },
});
const rename = (title: string, node = id): FlowEdit => ({ edit: "rename_node", node, title });
const theirs = (name: string, ...edits: FlowEdit[]): Deed => ({ id: `theirs-${name}`, name, edits });

/** A server in one variable. */
function server() {
  let head: Head = logDeeds({ revision: 1, document: emptyDocument }, [theirs("start", add(id), add(other))]).head;
  const log: LoggedDeed[] = [];
  return {
    head: () => head,
    log,
    take(deeds: readonly Deed[]) {
      const known = new Set(log.map((logged) => logged.id));
      const taken = logDeeds(
        head,
        deeds.filter((deed) => !known.has(deed.id)),
      );
      head = taken.head;
      log.push(...taken.logged);
    },
    since: (from: number): Sent => ({
      ok: true,
      answer: {
        revision: head.revision,
        deeds: from === 0 ? [] : log.filter(({ revision }) => revision > from),
        document: from === 0 ? head.document : null,
      },
    }),
  };
}

/** One tab at it, with timers that fire when told and a journal to look into. */
function desk(house: ReturnType<typeof server>, answer?: (asked: number) => Sent | null) {
  const store = create<Unsaved & DocumentSlice>()((set, get) => ({
    ...documentSlice(set, get),
    document: house.head().document,
    saved: house.head(),
    sending: "idle",
  }));
  const kept = new Map<string, Deed>();
  const steps: { past: readonly Step[] }[] = [];
  const timers: { ms: number; act: () => void }[] = [];
  const asked: number[] = [];
  const saver = startSaver({
    store,
    journal: {
      put: (deed) => void kept.set(deed.id, deed),
      drop: (ids) => {
        for (const each of ids) kept.delete(each);
      },
      keepSteps: (now) => void steps.push(now),
    },
    send: async ({ from, deeds }) => {
      asked.push(deeds.length);
      const instead = answer?.(asked.length);
      if (instead) return instead;
      house.take(deeds);
      return house.since(from);
    },
    after: (ms, act) => {
      const timer = { ms, act };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
  });
  return { store, saver, kept, timers, asked, steps, now: store.getState };
}

test("an edit lies in the journal until the server has it, and with it what undo needs", async () => {
  const house = server();
  const { saver, kept, timers, now, steps } = desk(house);
  now().edit(rename("A"));
  expect([...kept.values()]).toEqual(now().pending);
  expect(timers.map(({ ms }) => ms)).toEqual([600]);
  expect(steps.at(-1)?.past).toHaveLength(1);
  expect(saveWord(now())).toBe("saving");

  expect(await saver.flush()).toBe(true);
  expect(now().saved).toEqual({ revision: 3, document: now().document });
  expect(now().saved?.document).toBe(now().document);
  expect(house.head().document).toEqual(now().document);
  expect(kept.size).toBe(0);
  expect(saveWord(now())).toBe("saved");
});

test("what was done while a letter was under way is sent next, even typing on in the same field", async () => {
  const house = server();
  const { saver, asked, now } = desk(house);
  now().edit(rename("A"), { merge: "title" });
  const flushed = saver.flush();
  now().edit(rename("AB"), { merge: "title" });
  now().edit(rename("ABC"), { merge: "title" });
  expect(await flushed).toBe(true);
  expect(asked).toEqual([1, 1]);
  expect(house.log.map(({ edits }) => edits)).toEqual([[rename("A")], [rename("ABC")]]);
  expect(now().past).toHaveLength(1);
  now().undo();
  expect(now().document.nodes[0]?.title).toBe("a");
});

test("without an answer the edits stay here and are sent again, later each time", async () => {
  const { saver, kept, timers, now } = desk(server(), () => ({ ok: false, why: "offline" }));
  now().edit(rename("A"));
  expect(await saver.flush()).toBe(false);
  expect(await saver.flush()).toBe(false);
  expect(saveWord(now())).toBe("offline");
  expect(kept.size).toBe(1);
  expect(timers.map(({ ms }) => ms)).toEqual([5_000]);
});

test("a deed whose answer was lost counts once", async () => {
  const house = server();
  const { saver, now } = desk(house, (time) => {
    if (time > 1) return null;
    house.take(now().pending);
    return { ok: false, why: "offline" };
  });
  now().edit(rename("A"));
  expect(await saver.flush()).toBe(false);
  expect(await saver.flush()).toBe(true);
  expect(house.log).toHaveLength(1);
  expect(now().pending).toEqual([]);
});

test("what two tabs did comes together without a question, and undo takes back one's own", async () => {
  const house = server();
  const [here, there] = [desk(house), desk(house)];
  here.now().edit(rename("Mine"));
  there.now().edit(rename("Theirs", other));
  expect(await there.saver.flush()).toBe(true);
  expect(await here.saver.flush()).toBe(true);
  expect(await there.saver.pull()).toBe(true);
  for (const tab of [here, there])
    expect(tab.now().document.nodes.map(({ title }) => title)).toEqual(["Mine", "Theirs"]);

  here.now().undo();
  expect(await here.saver.flush()).toBe(true);
  expect(house.head().document.nodes.map(({ title }) => title)).toEqual(["a", "Theirs"]);
  expect(house.log.at(-1)?.name).toBe("Undo: Rename a");
});

test("an edit that no longer applies is set apart with its reason, and one that does stays drawn", async () => {
  const house = server();
  const { saver, now } = desk(house);
  house.take([theirs("gone", { edit: "remove_nodes", nodes: [id] })]);
  now().edit(rename("Late"));
  now().edit(rename("Fine", other));
  expect(await saver.flush()).toBe(true);
  expect(now().apart).toMatchObject([{ name: "Rename a", reasons: ["That node is not there any more."] }]);
  expect(now().document).toEqual(house.head().document);
  expect(now().document.nodes.map(({ title }) => title)).toEqual(["Fine"]);
});

test("a log that does not follow on what is here gives way to the whole drawing, with one's own on top", async () => {
  const house = server();
  const { saver, now, store } = desk(house);
  house.take([theirs("one", rename("One"))]);
  store.setState({ saved: { revision: 2, document: emptyDocument }, document: emptyDocument });
  expect(await saver.pull()).toBe(true);
  expect(now().document).toEqual(house.head().document);
});

test("an answer that comes after the flow was left touches only that flow's journal", async () => {
  const { store, saver, kept, now } = desk(server());
  now().edit(rename("A"));
  const flushed = saver.flush();
  saver.stop();
  const elsewhere = { revision: 40, document: emptyDocument };
  store.setState({ saved: elsewhere, document: elsewhere.document, pending: [] });
  await flushed;
  expect(now().saved).toEqual(elsewhere);
  expect(kept.size).toBe(0);
});
