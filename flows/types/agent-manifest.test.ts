import { expect, test } from "vitest";
import { money } from "../basics/money";
import { digestOf } from "../plan/digest";
import { AgentManifest } from "./agent-manifest";

const declared = {
  ...{ agent: "acme/look@1.0.0", title: "Look", description: "Looks.", capabilities: [], effect: "once" },
  ...{ price: { kind: "free" }, deadlineMs: 1_000, sends: [] },
  input: { type: "object", properties: {} },
  output: { type: "object", properties: {} },
};
const secrets = [{ name: "key", header: "x-key" }];
const metered = { kind: "metered", unit: "page", price: money("microcredits", 5n), maxPerCall: 3 };

test("what only the studio's own contract carries is declared by no agent of another protocol", () => {
  const protocols = [
    { kind: "mcp", tool: "look", declares: digestOf({}) },
    { kind: "openapi", method: "get", path: "/", inputs: [], gives: "text" },
  ];
  for (const more of [{ secrets }, { price: metered }]) {
    expect(AgentManifest.safeParse({ ...declared, ...more }).success).toBe(true);
    for (const protocol of protocols) {
      expect(AgentManifest.safeParse({ ...declared, protocol }).success).toBe(true);
      const refused = AgentManifest.safeParse({ ...declared, ...more, protocol });
      expect(refused.error?.issues.map(({ path }) => path)).toEqual([Object.keys(more)]);
    }
  }
});

test.each([
  ["turns what follows it around", "Cheap\u202e0.0"],
  ["isolates", "a\u2066b"],
  ["has no width", "Sum\u200bmariser"],
  ["is a tag", "Look\u{e0041}"],
  ["is a control", "Look\u0000"],
  ["is half of one", "Look\ud800"],
])("a letter that %s stands in no words of a manifest", (_, text) => {
  for (const more of [{ title: text }, { description: text }, { capabilities: [text] }, { sends: [text] }])
    expect(AgentManifest.safeParse({ ...declared, ...more }).error?.issues[0]?.path[0]).toBe(Object.keys(more)[0]);
});

test("words of any script, with marks and joined letters, are a manifest's as they are; blanks are none", () => {
  for (const title of ["مُلخِّص", "सारांशक", "👩‍🔬 Labor", "Résumé"])
    expect(AgentManifest.safeParse({ ...declared, title, description: `${title}\n${title}` }).success).toBe(true);
  expect(AgentManifest.safeParse({ ...declared, title: " \t " }).success).toBe(false);
});
