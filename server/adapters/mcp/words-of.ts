import { StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpError } from "@modelcontextprotocol/sdk/types.js";
import { BodyTooLarge, EgressFault } from "@/server/egress/guarded-fetch";
import { ServerAway } from "./stdio-servers";

/** What went wrong, in words of ours: what a server says beside the protocol is shown to nobody. */
export function wordsOf(problem: unknown): string {
  if (problem instanceof StreamableHTTPError && problem.code && problem.code > 0) return wordsOfStatus(problem.code);
  if (problem instanceof ServerAway) return problem.message;
  if (problem instanceof McpError) return `it refuses, with the code ${problem.code}`;
  const inner = problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
  return inner instanceof Error ? wordsOfFault(inner) : "it is no MCP server";
}

function wordsOfStatus(status: number): string {
  if (status >= 300 && status < 400) return `it redirects, with status ${status}, to where it is not followed`;
  return `it answers with status ${status}, as no MCP server does`;
}

function wordsOfFault(fault: Error & { code?: unknown }): string {
  if (fault instanceof BodyTooLarge || fault instanceof EgressFault) return fault.message;
  if (fault.name === "AbortError" || fault.name === "TimeoutError") return "it does not answer in time";
  return typeof fault.code === "string" ? `no connection: ${fault.code}` : "it is no MCP server, or ends early";
}
