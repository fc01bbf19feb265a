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
