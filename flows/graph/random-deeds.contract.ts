import fc from "fast-check";
import { NodeId } from "../basics/ids";
import { applyAll, type Deed, type DeedEdit } from "./deed";
import { emptyDocument } from "./edit";
import type { FlowDocument, FlowNode, Wire } from "./graph";

const ids = ["a", "b", "c", "d"].map((id) => NodeId.parse(id));
const id = fc.constantFrom(...ids);
const place = fc.record({ x: fc.integer({ min: -9, max: 9 }), y: fc.integer({ min: -9, max: 9 }) });
const wire = fc
  .tuple(id, id, fc.constantFrom("i", "j"))
  .map(([from, to, input]): Wire => ({ from: { node: from, output: "o" }, to: { node: to, input } }));
const node = fc.record({
  id,
  kind: fc.constantFrom("agent", "map"),
  title: fc.constantFrom("One", "Two"),
  settings: fc.dictionary(fc.constantFrom("x", "y"), fc.integer({ min: 0, max: 3 })),
}) as fc.Arbitrary<FlowNode>;

/** Any edit, whether it can be made or not. */
export const randomEdits: fc.Arbitrary<DeedEdit> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(node, place).map(([node, position]) => ({ edit: "add_node", node, position })) },
  fc.uniqueArray(id, { minLength: 1, maxLength: 2 }).map((nodes) => ({ edit: "remove_nodes", nodes })),
  fc.tuple(id, place).map(([node, to]) => ({ edit: "move_nodes", to: { [node]: to } })),
  fc.tuple(id, fc.constantFrom("Three", "Four")).map(([node, title]) => ({ edit: "rename_node", node, title })),
  fc
    .tuple(id, fc.constantFrom("x", "y"), fc.option(fc.integer({ min: 4, max: 6 })))
    .map(([node, field, value]) => ({ edit: "change_setting", node, field, value: value ?? undefined })),
  { weight: 2, arbitrary: wire.map((wire) => ({ edit: "add_wire", wire })) },
  wire.map((wire) => ({ edit: "remove_wires", wires: [wire] })),
  fc
    .tuple(id, fc.option(id), place)
    .map(([node, parent, to]) => ({ edit: "set_parent", nodes: [node], parent, to: { [node]: to } })),
  node.map((node) => ({ edit: "put_node", node })),
) as fc.Arbitrary<DeedEdit>;

/** A drawing, and edits one after the other that can all be made on it. */
export const randomDoing: fc.Arbitrary<{ before: FlowDocument; edits: DeedEdit[]; after: FlowDocument }> = fc
  .tuple(fc.array(randomEdits, { maxLength: 14 }), fc.array(randomEdits, { minLength: 1, maxLength: 4 }))
  .map(([first, then]) => {
    const before = whatCan(emptyDocument, first).document;
    const done = whatCan(before, then);
    return { before, edits: done.edits, after: done.document };
  });

export const randomDeeds = (by: string): fc.Arbitrary<Deed[]> =>
  fc
    .array(fc.array(randomEdits, { minLength: 1, maxLength: 3 }), { maxLength: 5 })
    .map((all) => all.map((edits, place) => ({ id: `${by}-${place}-deed`, name: `${by} ${place}`, edits })));

function whatCan(start: FlowDocument, asked: readonly DeedEdit[]) {
  const edits: DeedEdit[] = [];
  let document = start;
  for (const edit of asked) {
    const next = applyAll(document, [edit]);
    if (!next.ok) continue;
    edits.push(edit);
    document = next.value;
  }
  return { document, edits };
}
