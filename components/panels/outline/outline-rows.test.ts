import { expect, test } from "vitest";
import { answerCompile } from "@/components/canvas/answer-compile";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { moveIn, outlineRows } from "./outline-rows";

const document = samples.find(({ id }) => id === "shorter-and-shorter")?.document ?? emptyDocument;
const { ports } = answerCompile(document, sampleManifests);
const rows = outlineRows({ document, ports, closed: new Set() });
const place = (id: string) => rows.findIndex((row) => row.id === id);

test("each input says what feeds it, and a body lies one level deeper than its container", () => {
  expect(rows[place("again/value")]).toMatchObject({ level: 2, from: "Text · Text" });
  expect(rows[place("shorten")]).toMatchObject({ level: 2, open: true });
  expect(rows[place("shorten/focus")]).toMatchObject({ level: 3, from: null });
});

test("a closed container hides all that lies in it", () => {
  const shut = outlineRows({ document, ports, closed: new Set(["again"]) }).map(({ id }) => id);
  expect(shut).toContain("again");
  expect(shut.filter((id) => id.startsWith("again/") || id.startsWith("shorten"))).toEqual([]);
});

test("keys lead along the lines, out to the container, and to the next title that begins so", () => {
  const go = (from: string, key: string) => rows[moveIn({ rows, at: place(from), key }) ?? -1]?.id;
  expect(go("text", "ArrowDown")).toBe("again");
  expect(go("shorten/focus", "ArrowLeft")).toBe("shorten");
  expect(go("shorten", "ArrowLeft")).toBe("again");
  expect(go("again", "ArrowRight")).toBe("again/value");
  expect(go("text", "s")).toBe("shorten");
  expect(go("again", "Home")).toBe("text");
  expect(moveIn({ rows, at: 0, key: "F2" })).toBeNull();
});
