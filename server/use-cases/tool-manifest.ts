import type { Digest } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { AgentManifest, type EffectClass } from "@/flows/types/agent-manifest";
import { contentSchema } from "@/flows/types/mcp-content";
import { usablePorts } from "@/flows/types/usable-ports";
import { cutLine, isKeepable, slugOf } from "./agent-words";

/** A tool as its server declares it. Every word of it is a stranger's: it is shown as text, and promises nothing. */
export type DeclaredTool = {
  name: string;
  title: string;
  description: string;
  input: unknown;
  output: unknown;
  declares: Digest;
};

/** Where a tool is from, and what whoever brings it in says of it. `publisher` and `server` are parts of an agent's name. */
export type ToolTerms = {
  publisher: string;
  server: string;
  title: string;
  effectOf(tool: string): EffectClass;
  deadlineMs: number;
};

/** An agent that a tool would be, and the keywords of its schemas that the studio cannot use and leaves out. */
export type ToolAgent = { manifest: AgentManifest; left: readonly string[] };

/**
 * What the tools of one server come to as agents: free, and of the class that is said for each here and nowhere else.
 * Without an output schema of its own a tool gives blocks of content. A tool that cannot be kept is left out.
 */
export function toolAgents(tools: readonly DeclaredTool[], terms: ToolTerms): ToolAgent[] {
  const slugs = tools.map(({ name }) => slugOf(name));
  return tools.flatMap((tool, place) => {
    const slug = slugs[place] ?? "";
    const isAlone = slug !== "" && slugs.indexOf(slug) === slugs.lastIndexOf(slug);
    const name = isAlone ? slug : [slug, digestOf(tool.name).slice(0, 8)].filter(Boolean).join("-");
    const made = toolAgent(tool, { ...terms, name: `${terms.server}-${name}` });
    return isKeepable(made) ? [made] : [];
  });
}

/** A server that the operator installed: which of its tools are offered (all, where he names none), and their effects. */
export type InstalledServer = {
  id: string;
  title: string;
  deadlineMs: number;
  tools?: readonly string[] | undefined;
  effects: Readonly<Record<string, EffectClass>>;
};

/** The agents of an installed server. They are the operator's own, by their name and by who would be paid. */
export function installedAgents(server: InstalledServer, found: readonly DeclaredTool[]): ToolAgent[] {
  const { id, title, deadlineMs, tools, effects } = server;
  const offered = found.filter(({ name }) => tools?.includes(name) ?? true);
  return toolAgents(offered, {
    publisher: "operator",
    server: id,
    title,
    effectOf: (tool) => (Object.hasOwn(effects, tool) ? effects[tool] : undefined) ?? "once",
    deadlineMs,
  });
}

function toolAgent(tool: DeclaredTool, terms: ToolTerms & { name: string }): ToolAgent {
  const input = usablePorts(tool.input);
  const output = tool.output === null ? { schema: contentSchema, left: [] } : usablePorts(tool.output);
  const manifest = AgentManifest.parse({
    agent: `${terms.publisher}/${terms.name}@1.0.0`,
    title: cutLine(tool.title, 60) || cutLine(tool.name, 60) || "A tool",
    description: cutLine(tool.description, 280) || `A tool of ${terms.title}.`,
    capabilities: ["tool"],
    effect: terms.effectOf(tool.name),
    price: { kind: "free" },
    deadlineMs: terms.deadlineMs,
    input: input.schema,
    output: output.schema,
    sends: [cutLine(`What is filled in, to ${terms.title}`, 120)],
    protocol: { kind: "mcp", tool: tool.name, declares: tool.declares },
  });
  return { manifest, left: [...new Set([...input.left, ...output.left])].sort() };
}
