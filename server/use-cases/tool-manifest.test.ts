import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf } from "@/flows/plan/digest";
import { AgentManifest } from "@/flows/types/agent-manifest";
import { contentSchema } from "@/flows/types/mcp-content";
import { type DeclaredTool, type ToolTerms, toolAgents } from "./tool-manifest";

const terms: ToolTerms = {
  publisher: "operator",
  server: "files",
  title: "Files",
  effectOf: () => "once",
  deadlineMs: 60_000,
};
const tool = (name: string, more: Partial<DeclaredTool> = {}): DeclaredTool => ({
  name,
  title: name,
  description: "",
  input: { type: "object", properties: {} },
  output: null,
  declares: digestOf(name),
  ...more,
});

test("a tool is free, may be called only once, and gives content where it declares nothing", () => {
  const [made] = toolAgents([tool("read_file", { description: "Reads <b>one</b>\nfile." })], terms);
  expect(made?.manifest).toMatchObject({
    agent: "operator/files-read-file@1.0.0",
    description: "Reads <b>one</b> file.",
    effect: "once",
    price: { kind: "free" },
    output: contentSchema,
    protocol: { kind: "mcp", tool: "read_file", declares: digestOf("read_file") },
  });
});

test("what a server says of its tools' effects counts for nothing: only who brings it in says so", () => {
  const hinted = { ...tool("look"), annotations: { readOnlyHint: true, idempotentHint: true } };
  expect(toolAgents([hinted], terms)[0]?.manifest.effect).toBe("once");
  expect(toolAgents([hinted], { ...terms, effectOf: () => "safe" })[0]?.manifest.effect).toBe("safe");
});

test("tools whose names would be one are kept apart, and one that has none is named", () => {
  const made = toolAgents([tool("read_file"), tool("read-file"), tool("日本"), tool("plain")], terms);
  const names = made.map(({ manifest }) => manifest.agent);
  expect(new Set(names).size).toBe(4);
  expect(names.filter((name) => /files-read-file-[0-9a-f]{8}@/.test(name))).toHaveLength(2);
  expect(names.at(-1)).toBe("operator/files-plain@1.0.0");
});

test("keywords that cannot be used are left out by name, and a tool that no database would keep is left out whole", () => {
  const strict = { type: "object", properties: { path: { type: "string", pattern: "^/" } } };
  const [made, ...more] = toolAgents(
    [
      tool("read", { input: strict }),
      tool("zero", { input: { type: "object", properties: {}, description: "a\0b" } }),
      tool("half", { input: { type: "object", properties: {}, title: "\ud800" } }),
    ],
    terms,
  );
  expect(made?.left).toEqual(["pattern"]);
  expect(more).toEqual([]);
});

test("whatever a server says, it comes to manifests that can be read", () => {
  const anything = fc.record({
    name: fc.string({ minLength: 1, maxLength: 200, unit: "binary" }),
    title: fc.string({ unit: "binary", maxLength: 200 }),
    description: fc.string({ unit: "binary", maxLength: 1_000 }),
    input: fc.jsonValue(),
    output: fc.jsonValue(),
  });
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 4 }), (said) => {
      const tools = said.map((one) => ({ ...one, declares: digestOf("any") }));
      for (const { manifest } of toolAgents(tools, terms)) expect(AgentManifest.safeParse(manifest).success).toBe(true);
    }),
  );
});

test("letters that nobody sees are no part of a tool's words", () => {
  const [made] = toolAgents([tool("read", { title: "Read\u202eelif", description: "\u200b" })], terms);
  expect(made?.manifest).toMatchObject({ title: "Read elif", description: "A tool of Files." });
});
