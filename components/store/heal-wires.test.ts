import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import { emptyDocument, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import type { Port, PortType } from "@/flows/types/port-type";
import { healingEdits } from "./heal-wires";

const port = (name: string, type: PortType = "text"): Port => ({
  ...{ name, title: name, type, required: false, schema: true },
});
const plain: Ports = { inputs: [port("in"), port("more")], outputs: [port("out"), port("other")] };

/** `ab` is a wire from out of a to in of b. */
function drawn(ids: string, wires: readonly string[], ports: Record<string, Ports> = {}) {
  const nodes = [...ids].map((id) => ({ id: id as NodeId, kind: "agent", title: id, settings: {} }));
  const document: FlowDocument = {
    ...emptyDocument,
    nodes,
    wires: wires.map((wire) => ({
      from: { node: wire[0] as NodeId, output: wire[2] === "o" ? "other" : "out" },
      to: { node: wire[1] as NodeId, input: wire[3] === "m" ? "more" : "in" },
    })),
  };
  return { document, ports: { ...Object.fromEntries([...ids].map((id) => [id, plain])), ...ports } };
}

const added = (edits: readonly FlowEdit[]) =>
  edits.flatMap((edit) => (edit.edit === "add_wire" ? [`${edit.wire.from.node}${edit.wire.to.node}`] : []));
const heal = (scene: ReturnType<typeof drawn>, ids: string) => added(healingEdits(scene, [...ids] as NodeId[]));

test("a node deleted from the middle of a chain leaves its neighbours wired to each other", () => {
  expect(heal(drawn("abc", ["ab", "bc"]), "b")).toEqual(["ac"]);
  expect(heal(drawn("abcd", ["ab", "bc", "cd"]), "bc")).toEqual(["ad"]);
  expect(heal(drawn("abcd", ["ab", "bc", "bd"]), "b")).toEqual(["ac", "ad"]);
});

test("two gaps are closed each for itself", () => {
  expect(heal(drawn("abcxyz", ["ab", "bc", "xy", "yz"]), "by")).toEqual(["ac", "xz"]);
});

test("what has two nodes before it, or leads on in two ways, is not closed: nobody knows which was meant", () => {
  expect(heal(drawn("abcd", ["ac", "bc_m", "cd"]), "c")).toEqual([]);
  expect(heal(drawn("abcd", ["ab", "bc", "bdo"]), "b")).toEqual([]);
});

test("a gap stays open where what comes does not fit", () => {
  const takesList: Ports = { inputs: [port("in", "list")], outputs: [] };
  expect(heal(drawn("abc", ["ab", "bc"], { c: takesList }), "b")).toEqual([]);
});
