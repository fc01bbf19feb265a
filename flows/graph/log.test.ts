import fc from "fast-check";
import { expect, test } from "vitest";
import { NodeId } from "../basics/ids";
import { applyAll, type Deed, type DeedEdit, joinEdits, makeEdit, takeDeed } from "./deed";
import { Draft } from "./draft";
import { emptyDocument } from "./edit";
import { AnyDeed } from "./edit-schema";
import { catchUp, type Desk, drawnOn, type Head, type LoggedDeed, logDeeds } from "./log";
import { randomDeeds, randomDoing, randomEdits } from "./random-deeds.contract";

const id = NodeId.parse;
const deed = (name: string, ...edits: DeedEdit[]): Deed => ({ id: `${name}-0000`, name, edits });
const add = (node: string): DeedEdit => ({
  edit: "add_node",
  node: { id: id(node), kind: "output", title: node, settings: {} },
  position: { x: 0, y: 0 },
});
const set = (node: string, field: string, value: string): DeedEdit => ({
  edit: "change_setting",
  node: id(node),
  field,
  value,
});
const start: Head = logDeeds({ revision: 1, document: emptyDocument }, [deed("start", add("a"), add("b"))]).head;

/** One log and the tabs that send to it; `answer` lost means that the log has it and the tab does not know. */
function house(tabs: Record<string, readonly Deed[]>) {
  let head = start;
  const log: LoggedDeed[] = [];
  const desks: Record<string, Desk> = Object.fromEntries(
    Object.keys(tabs).map((name) => [name, { head: start, pending: [] }]),
  );
  const done: Record<string, number> = {};
  return {
    act(name: string, what: "do" | "send" | "lose the answer") {
      const desk = desks[name] as Desk;
      if (what === "do") {
        const next = tabs[name]?.[done[name] ?? 0];
        done[name] = (done[name] ?? 0) + 1;
        if (next) desks[name] = { ...desk, pending: [...desk.pending, next] };
        return;
      }
      const known = new Set(log.map((logged) => logged.id));
      const taken = logDeeds(
        head,
        desk.pending.filter((pending) => !known.has(pending.id)),
      );
      head = taken.head;
      log.push(...taken.logged);
      if (what === "lose the answer") return;
      const caught = catchUp(
        desk,
        log.filter(({ revision }) => revision > desk.head.revision),
      );
      expect(caught).not.toBeNull();
      if (caught) desks[name] = caught;
    },
    drawn: (name: string) => drawnOn(desks[name] as Desk),
    pending: (name: string) => desks[name]?.pending.length,
    log,
    head: () => head,
  };
}

test("[G8] two tabs that do anything in any order draw the same in the end, and every deed is in the log once", () => {
  const steps = fc.array(
    fc.tuple(fc.constantFrom("ada", "eve"), fc.constantFrom("do", "send", "lose the answer") as fc.Arbitrary<"do">),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(randomDeeds("ada"), randomDeeds("eve"), steps, (ada, eve, order) => {
      const rig = house({ ada, eve });
      for (const [who, what] of order) rig.act(who, what);
      for (const who of ["ada", "eve", "ada"]) {
        for (let rest = 0; rest < 6; rest++) rig.act(who, "do");
        rig.act(who, "send");
      }
      expect(rig.drawn("ada")).toEqual(rig.head().document);
      expect(rig.drawn("eve")).toEqual(rig.head().document);
      expect(rig.pending("ada")).toBe(0);
      expect(rig.log.map((logged) => logged.id).sort()).toEqual([...ada, ...eve].map((each) => each.id).sort());
    }),
  );
});

test("[G8] every edit of a deed was made, left out with its reason, or done by somebody else already", () => {
  fc.assert(
    fc.property(randomDoing, fc.array(randomEdits, { maxLength: 5 }), ({ before }, edits) => {
      const taken = takeDeed(before, { edits });
      expect(applyAll(before, taken.edits)).toEqual({ ok: true, value: taken.document });
      for (const { edit, error } of taken.left) {
        expect(edits).toContain(edit);
        expect(error.code).toBeTruthy();
      }
      const again = takeDeed(taken.document, { edits: taken.edits.filter(({ edit }) => edit === "remove_nodes") });
      expect(again.left).toEqual([]);
    }),
  );
});

test("[G8] different fields of one node are both kept; of the same field the last to arrive is", () => {
  const rig = house({
    ada: [deed("ada-x", set("a", "x", "1")), deed("ada-y", set("a", "y", "ada"))],
    eve: [deed("eve-y", set("a", "y", "eve")), deed("eve-z", set("a", "z", "3"))],
  });
  for (const who of ["ada", "eve"]) for (let each = 0; each < 2; each++) rig.act(who, "do");
  for (const who of ["eve", "ada", "eve"]) rig.act(who, "send");
  expect(rig.drawn("eve").nodes[0]?.settings).toEqual({ x: "1", y: "ada", z: "3" });
  expect(rig.drawn("ada")).toEqual(rig.drawn("eve"));
  expect(rig.log.map(({ name }) => name)).toEqual(["eve-y", "eve-z", "ada-x", "ada-y"]);
});

test("[G8] what no longer applies is told with its reason and stays in the log", () => {
  const { head, logged } = logDeeds(start, [
    deed("gone", { edit: "remove_nodes", nodes: [id("a")] }),
    deed("both", set("a", "x", "1"), set("b", "x", "2")),
    deed("gone too", { edit: "remove_nodes", nodes: [id("a"), id("b")] }),
  ]);
  expect(logged[1]).toMatchObject({ edits: [set("b", "x", "2")], revision: 4 });
  expect(logged[1]?.left).toEqual([{ edit: set("a", "x", "1"), error: { code: "node_unknown", node: "a" } }]);
  expect(logged[2]?.left).toEqual([]);
  expect(head.document.nodes).toEqual([]);
});

test("[G8] a tab that misses something in between asks for the whole", () => {
  const { logged } = logDeeds(start, [deed("one", set("a", "x", "1")), deed("two", set("a", "x", "2"))]);
  expect(catchUp({ head: start, pending: [] }, logged.slice(1))).toBeNull();
  expect(catchUp({ head: { ...start, document: emptyDocument }, pending: [] }, logged)).toBeNull();
});

test("whatever can be done can be sent: it passes the schema as it is", () => {
  fc.assert(
    fc.property(randomDoing, ({ before, edits }) => {
      const sent = deed("sent", ...edits, { edit: "replace_document", document: before });
      expect(AnyDeed.parse(JSON.parse(JSON.stringify(sent)))).toEqual(sent);
    }),
  );
  expect(AnyDeed.safeParse(deed("x", { edit: "explode" } as unknown as DeedEdit)).success).toBe(false);
});

test("typing on takes the place of what was typed before; anything else stays", () => {
  const typed = ["r", "re", "res"].reduce<readonly DeedEdit[]>(
    (all, text) => joinEdits(all, [set("a", "x", text)]),
    [],
  );
  expect(typed).toEqual([set("a", "x", "res")]);
  expect(joinEdits(typed, [set("a", "y", "1"), add("c")])).toHaveLength(3);
});

test("[G1] edits on one draft come to what they come to one by one, and leave what they were given", () => {
  fc.assert(
    fc.property(randomDoing, fc.array(randomEdits, { minLength: 1, maxLength: 30 }), ({ before }, edits) => {
      const given = structuredClone(before);
      const draft = new Draft(before);
      let oneByOne = before;
      for (const edit of edits) {
        const next = applyAll(oneByOne, [edit]);
        expect(makeEdit(draft, edit)).toEqual(next.ok ? null : next.error);
        if (next.ok) oneByOne = next.value;
      }
      expect(draft.document()).toEqual(oneByOne);
      expect(before).toEqual(given);
    }),
  );
});

test("parts that no edit touched come out as the same objects, and so does a draft that nothing was made on", () => {
  fc.assert(
    fc.property(randomDoing, ({ before }) => {
      const draft = new Draft(before);
      expect(draft.document()).toBe(before);
      draft.place("nobody", { x: 1, y: 1 });
      const after = draft.document();
      expect(after.nodes).toBe(before.nodes);
      expect(after.wires).toBe(before.wires);
      expect(draft.document()).toBe(after);
    }),
  );
});
