import fc from "fast-check";
import { expect, test } from "vitest";
import type { NodeId } from "../basics/ids";
import { applyEdit, type FlowEdit } from "../graph/edit";
import type { FlowDocument } from "../graph/graph";
import { catalog } from "../nodes/catalog";
import { compile } from "./compile";
import { documentOf } from "./draw-pieces.contract";
import { incrementalCompiler } from "./incremental";
import { pieces, randomAgents } from "./random-pieces.contract";
import { agent, flow, start } from "./small-drawing.contract";

const registry = { kinds: catalog, manifests: randomAgents };
const changes = fc.array(fc.record({ what: fc.nat(7), node: fc.nat(30), other: fc.nat(30) }), {
  minLength: 1,
  maxLength: 8,
});

const credits = (amount: number) => ({ currency: "microcredits", amount: String(amount) });
/** Settings that cost, repeat, ask, wait or look. A node that has no such setting becomes a fault by it. */
const SETTINGS = [
  ...(["most", "attempts", "atOnce", "retries", "timeoutMs", "for"] as const).map(
    (field) => [field, (other: number) => (other % 5) + 1] as const,
  ),
  ...(["cap", "amount"] as const).map((field) => [field, (other: number) => credits(other * 40)] as const),
  ["amount", (other: number) => (other % 2 === 0 ? "x" : "1")],
  ["payee", (other: number) => ["dan", "eve"][other % 2] ?? "dan"],
  ["question", (other: number) => `Go on, ${other}?`],
  ["approvers", (other: number) => [other % 2 === 0 ? "@starter" : "eve"]],
  ["while", (other: number) => (other % 2 === 0 ? "true" : "index < 2")],
  ["agent", (other: number) => ["acme/cheap@1.0.0", "bolt/once@1.0.0", "acme/gone@1.0.0"][other % 3] ?? ""],
] as const;

/** An edit of some sort to some node. Many make a flow that does not compile, which has to be seen as well. */
function editOf(
  { nodes, wires }: FlowDocument,
  { what, node, other }: { what: number; node: number; other: number },
): FlowEdit {
  const at = nodes[node % nodes.length];
  const wire = wires[other % Math.max(1, wires.length)];
  const id = at?.id ?? ("gone" as NodeId);
  switch (what) {
    case 0:
      return { edit: "rename_node", node: id, title: `Title ${other}` };
    case 1:
      return { edit: "change_setting", node: id, field: "most", value: (other % 5) + 1 };
    case 2:
      return { edit: "change_setting", node: id, field: "condition", value: other % 2 === 0 ? "true" : "value ==" };
    case 3:
      return { edit: "change_setting", node: id, field: "retries", value: other % 4 };
    case 4:
      return wire ? { edit: "remove_wires", wires: [wire] } : { edit: "move_nodes", to: {} };
    case 5:
      return { edit: "remove_nodes", nodes: [id] };
    case 6: {
      const start = other % SETTINGS.length;
      const turned = [...SETTINGS.slice(start), ...SETTINGS.slice(0, start)];
      const [field, value] = turned.find(([name]) => at && name in at.settings) ?? SETTINGS[0];
      return { edit: "change_setting", node: id, field, value: value(other) };
    }
    default:
      return { edit: "change_setting", node: id, field: "gives", value: { same: "value", other: "1" } };
  }
}

test("[C14] whatever is edited, what is compiled anew is what compiling everything gives", () => {
  fc.assert(
    fc.property(pieces, changes, (drawn, edits) => {
      const incremental = incrementalCompiler(registry);
      let document = documentOf(drawn);
      for (const change of edits) {
        expect(incremental(document)).toEqual(compile(structuredClone(document), registry));
        const edited = applyEdit(document, editOf(document, change));
        if (edited.ok) document = edited.value;
      }
    }),
  );
});

test("[C14] only what an edit touched is read anew", () => {
  const document = documentOf([{ kind: "agent", from: [0, 0, 0], size: 0, turn: false, inside: [] }]);
  const read: string[] = [];
  const { output } = catalog;
  const watched: typeof output = {
    ...output,
    ports(settings, manifests) {
      read.push(settings.name);
      return output.ports(settings, manifests);
    },
  };
  const incremental = incrementalCompiler({ ...registry, kinds: { ...catalog, output: watched } });
  const compiled = (edit: FlowEdit, before: FlowDocument) => {
    const edited = applyEdit(before, edit);
    if (!edited.ok) throw new Error(edited.error.code);
    incremental(edited.value);
    return edited.value;
  };
  incremental(document);
  const renamed = compiled({ edit: "rename_node", node: "n0" as NodeId, title: "Other" }, document);
  expect(read).toEqual(["last"]);
  compiled({ edit: "change_setting", node: "n2" as NodeId, field: "name", value: "first" }, renamed);
  expect(read).toEqual(["last", "first"]);
});

test("[C14] a bound that says more of what comes out reaches whoever reads it", () => {
  const drawn = flow(
    [
      start,
      { id: "each", kind: "map", most: 2, atOnce: 1 },
      agent("work", "each"),
      { id: "count", kind: "transform", inputs: ["texts"], gives: { n: "size(texts)" } },
      { id: "out", kind: "output", name: "n" },
    ],
    [
      "in.items > each.items",
      "each.item > work.x",
      "work.text > each.result",
      "each.results > count.texts",
      "count.n > out.value",
    ],
  );
  const incremental = incrementalCompiler(registry);
  const before = incremental(drawn);
  const edited = applyEdit(drawn, { edit: "change_setting", node: "each" as NodeId, field: "most", value: 3 });
  if (!edited.ok || !before.ok) throw new Error("it can be drawn");
  const after = incremental(edited.value);
  expect(after).toEqual(compile(edited.value, registry));
  const reads = (compiled: typeof after) => compiled.ok && compiled.value.plan.steps.at(-1)?.instruction;
  expect(reads(after)).not.toEqual(reads(before));
});
