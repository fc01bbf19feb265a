import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ListToolsResultSchema, type Tool } from "@modelcontextprotocol/sdk/types.js";
import type { Digest } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import { measure } from "@/flows/types/measure";

/** What a server says of one tool. All of it is a stranger's word; `declares` names its schemas. */
export type DeclaredTool = {
  name: string;
  title: string;
  description: string;
  input: unknown;
  output: unknown;
  declares: Digest;
};

const MOST_PAGES = 20;
const MOST_TOOLS = 500;
const LIMITS = { values: 20_000, depth: 100, characters: 400_000 };

/** All tools of a server that are fit to be named, a page at a time and no longer than a person would look. */
export async function toolsOf(client: Client, signal: AbortSignal): Promise<DeclaredTool[]> {
  const tools: DeclaredTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && tools.length < MOST_TOOLS; page++) {
    // Not `client.listTools`: that compiles each schema into code.
    const answer = await client.request(
      { method: "tools/list", params: cursor ? { cursor } : {} },
      ListToolsResultSchema,
      {
        signal,
      },
    );
    for (const tool of answer.tools.slice(0, MOST_TOOLS - tools.length)) {
      const read = declared(tool);
      if (read.ok) tools.push(read.value);
    }
    cursor = answer.nextCursor;
    if (!cursor) break;
  }
  return tools;
}

function declared({
  name,
  title,
  description,
  annotations,
  inputSchema,
  outputSchema,
}: Tool): Result<DeclaredTool, null> {
  if (name === "" || name.length > 200 || !measure([inputSchema, outputSchema ?? null], LIMITS).ok) return err(null);
  const [input, output] = [inputSchema, outputSchema ?? null];
  return ok({
    name,
    title: (title ?? annotations?.title ?? name).slice(0, 200),
    description: (description ?? "").slice(0, 4_000),
    input,
    output,
    declares: digestOf({ input, output }),
  });
}
