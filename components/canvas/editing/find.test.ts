import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import { applyEdit, emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { findWords, placeOf, replaceEdits } from "./find";

const node = (id: string, title: string, settings = {}) => ({ id: id as NodeId, kind: "agent", title, settings });
const document: FlowDocument = {
  ...emptyDocument,
  nodes: [
    node("a", "Sales report", { question: "Send the sales to Sales?", inputs: { deep: ["no", { text: "SALES" }] } }),
    node("b", "Review", { sales: 3 }),
  ],
};
const wanted = { words: "sales", exactCase: false };

function after(edits: ReturnType<typeof replaceEdits>) {
  return edits.reduce((drawn, edit) => {
    const next = applyEdit(drawn, edit);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, document);
}

test("words are found in titles and in texts of settings, however deep, and not in names of fields", () => {
  const hits = findWords(document, wanted);
  expect(hits.map((hit) => `${hit.node} ${placeOf(hit)} ${hit.at}`)).toEqual([
    "a title 0",
    "a question 9",
    "a question 18",
    "a inputs › deep › 2 › text 0",
  ]);
  expect(findWords(document, { ...wanted, exactCase: true })).toHaveLength(1);
  expect(findWords(document, { ...wanted, words: "" })).toEqual([]);
});

test("all of them are replaced, or one, and nothing else changes", () => {
  const hits = findWords(document, wanted);
  expect(after(replaceEdits(document, hits, { words: "sales", by: "costs" })).nodes[0]).toEqual(
    node("a", "costs report", { question: "Send the costs to costs?", inputs: { deep: ["no", { text: "costs" }] } }),
  );
  const second = hits.slice(2, 3);
  expect(after(replaceEdits(document, second, { words: "sales", by: "X" })).nodes).toEqual([
    node("a", "Sales report", { ...document.nodes[0]?.settings, question: "Send the sales to X?" }),
    document.nodes[1],
  ]);
});

test("a letter that grows when its case changes shifts nothing", () => {
  const turkish = { ...document, nodes: [node("a", "İ sales sales")] };
  const hits = findWords(turkish, wanted);
  expect(hits.map(({ at }) => at)).toEqual([2, 8]);
});
