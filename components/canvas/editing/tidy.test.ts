import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { applyEdit, emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { answerCompile } from "../answer-compile";
import { boxesOf } from "./boxes";
import { layOut } from "./lay-out";
import { tidyEdit } from "./tidy";

const quickly = (level: Parameters<typeof layOut>[0]) => Promise.resolve(layOut(level));

async function tidied(document: FlowDocument, chosen: readonly NodeId[] = []) {
  const { ports } = answerCompile(document, sampleManifests);
  const edit = await tidyEdit({ document, ports }, chosen, quickly);
  const after = edit ? applyEdit(document, edit) : null;
  return after?.ok ? after.value : document;
}

test.each(samples)(
  "$name is tidied so that siblings do not overlap, and tidying it again moves nothing",
  async (sample) => {
    const once = await tidied(sample.document);
    const boxes = boxesOf({ document: once, ports: answerCompile(once, sampleManifests).ports });
    const overlaps = once.nodes.flatMap((a) =>
      once.nodes.filter((b) => {
        const [one, two] = [boxes.get(a.id), boxes.get(b.id)];
        if (!one || !two || a.id >= b.id || a.parent !== b.parent) return false;
        const apart = one.x + one.width <= two.x || two.x + two.width <= one.x;
        return !apart && one.y < two.y + two.height && two.y < one.y + one.height;
      }),
    );
    expect(overlaps).toEqual([]);
    expect((await tidied(once)).layout).toEqual(once.layout);
  },
);

test("what stood above stands above afterwards, and a tidied selection leaves the others alone", async () => {
  const ids = ["root", "c", "a", "b", "far"] as NodeId[];
  const places = [0, 300, 100, 200, 900];
  const document: FlowDocument = {
    ...emptyDocument,
    nodes: ids.map((id) => ({
      id,
      kind: "transform",
      title: id,
      settings: { inputs: ["value"], gives: { out: "value" } },
    })),
    layout: Object.fromEntries(ids.map((id, place) => [id, { x: place * 7, y: places[place] ?? 0 }])),
    wires: ["a", "b", "c"].map((id) => ({
      from: { node: "root" as NodeId, output: "out" },
      to: { node: id as NodeId, input: "value" },
    })),
  };
  const { layout } = await tidied(document, ids.slice(0, 4));
  const y = (id: string) => layout[id as NodeId]?.y ?? 0;
  expect(y("a")).toBeLessThan(y("b"));
  expect(y("b")).toBeLessThan(y("c"));
  expect(layout["far" as NodeId]).toEqual({ x: 28, y: 900 });
});
