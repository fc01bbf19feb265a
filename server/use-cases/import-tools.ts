import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";
import { slugOf } from "./agent-words";
import { type OpenApiError, type ReadApi, readOpenApi } from "./openapi-operations";
import { type ToolAgent, toolAgents } from "./tool-manifest";

export type ImportToolsError =
  | { code: "server_unreachable"; address: string; problem: string }
  | { code: "address_refused"; address: string; problem: string }
  | { code: "document_unreadable"; problem: string }
  | OpenApiError;

/** What a server offers, as the agents that its tools would be. Nothing is kept, and no tool was called. */
export type ReadServer = { name: string; address: string; agents: ToolAgent[] };

const DEADLINE_MS = 60_000;
const LONGEST_SERVER = 20;
/** Whoever brings something in may say later that a call of it is safe, or keyed: until then it may be made only once. */
const effectOf = () => "once" as const;

type Imports = Pick<Services, "imports">;

/** Looks at an MCP server by its address. The agents are `publisher`'s, who gives each of them its price and its class. */
export async function readMcpServer(
  { imports }: Imports,
  { address, publisher }: { address: string; publisher: string },
): Promise<Result<ReadServer, ImportToolsError>> {
  const looked = await imports.mcp(address);
  if (!looked.ok) {
    const { code, reason } = looked.error;
    return err({ code: code === "egress_refused" ? "address_refused" : code, address, problem: reason });
  }
  const { name, tools } = looked.value;
  const title = name || new URL(address).host;
  const server = slugOf(title).slice(0, LONGEST_SERVER).replace(/-+$/, "") || "server";
  const agents = toolAgents(tools, { publisher, server, title, effectOf, deadlineMs: DEADLINE_MS });
  return ok({ name, address, agents });
}

/** Reads an OpenAPI document, JSON or YAML. Nothing that it names is fetched. */
export async function readApi(
  { imports }: Imports,
  { text, publisher }: { text: string; publisher: string },
): Promise<Result<ReadApi, ImportToolsError>> {
  const read = await imports.document(text);
  if (!read.ok) return read;
  return readOpenApi(read.value, { publisher, effectOf, deadlineMs: DEADLINE_MS });
}
