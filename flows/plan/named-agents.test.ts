import { expect, test } from "vitest";
import { AgentId } from "../basics/ids";
import { isAgentId, namedAgents } from "./named-agents";

test("agents are found wherever a drawing names them, each once", () => {
  const drawing = {
    nodes: [
      { settings: { agent: "acme/reader@1.0.0" } },
      {
        settings: {
          tools: [{ agent: "bolt/tool@2.1.0", note: "write to ada@example.org" }],
          else: "acme/reader@1.0.0",
        },
      },
    ],
    flows: { abc: { nodes: [{ settings: { agent: "cora/inner@0.1.0" } }] } },
  };
  expect(namedAgents(drawing)).toEqual(["acme/reader@1.0.0", "bolt/tool@2.1.0", "cora/inner@0.1.0"]);
  expect(namedAgents(null)).toEqual([]);
});

test.each(["a/b@1.2.3", "a/b@1.2", "A/b@1.2.3", "a/b@1.2.3\n", `${"a".repeat(120)}/b@1.2.3`, ""])(
  "%j is an agent here when it is one everywhere",
  (text) => {
    expect(isAgentId(text)).toBe(AgentId.safeParse(text).success);
  },
);
