import { CallToolResultSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import { $ZodError } from "zod/v4/core";
import { err, ok, type Result } from "@/flows/basics/result";
import type { AgentCall, AgentsError, Delivery } from "@/flows/ports/agents";
import type { Report } from "@/flows/ports/progress";
import type { McpTool } from "@/flows/types/protocol";
import { BodyTooLarge } from "@/server/egress/guarded-fetch";
import { outputOf } from "./content";
import { toolsOf } from "./declared";
import { NO_TIMEOUT_MS, type Session } from "./session";

/** Our words in a call, which a server may read and need not: under which operation it is, and a piece of text in progress. */
export const OPERATION = "studio.agent-labs/operation";
export const DELTA = "studio.agent-labs/delta";
export const OPERATION_REUSED = "studio.agent-labs/operation-reused";

type Ask = { call: AgentCall; tool: McpTool; signal: AbortSignal; hear: (report: Report) => void };
type Made = Result<Omit<Delivery, "price">, AgentsError>;

/**
 * One call of one tool, if the tool still is what the plan was made with. Up to the line that sends it nothing was done;
 * from there on only what the server itself says is known.
 */
export async function callTool(session: Session, { call, tool, signal, hear }: Ask): Promise<Made> {
  const tools = await Promise.race([toolsOf(session.client, signal), session.broken]);
  const known = tools.find(({ name }) => name === tool.tool);
  if (known?.declares !== tool.declares) {
    const reason = known ? "tool_changed: it declares other schemas by now" : "tool_gone: the server has no such tool";
    return err({ code: "agent_refused", reason });
  }
  const params = {
    name: tool.tool,
    arguments: call.input as Record<string, unknown>,
    _meta: { [OPERATION]: call.operation },
  };
  const options = { signal, timeout: NO_TIMEOUT_MS, onprogress: (said: object) => tell(said, hear) };
  try {
    const asked = session.client.request({ method: "tools/call", params }, CallToolResultSchema, options);
    const answer = await Promise.race([asked, session.broken]);
    const output = outputOf(answer, known.output !== null);
    return output.ok ? ok({ output: output.value, detail: {} }) : err({ code: "agent_refused", reason: output.error });
  } catch (problem) {
    return err(signal.aborted ? late : whatItMeans(problem, call));
  }
}

type Progress = { progress?: number; total?: number; message?: string; _meta?: Record<string, unknown> };

function tell({ progress, total, message, _meta }: Progress, hear: (report: Report) => void): void {
  const delta = _meta?.[DELTA];
  if (typeof delta === "string") {
    hear({ delta });
    return;
  }
  const done = progress !== undefined && total !== undefined && total > 0 ? progress / total : undefined;
  const isShare = done !== undefined && done >= 0 && done <= 1;
  hear({ progress: { ...(isShare ? { done } : {}), ...(message === undefined ? {} : { message }) } });
}

const late: AgentsError = { code: "outcome_unknown", reason: "no answer in time" };
const LOCAL = /Connection closed$/;
const LONGEST = 500;

/** What the server answered is a refusal; whatever else happened, the tool may have done its work. */
function whatItMeans(problem: unknown, { operation }: AgentCall): AgentsError {
  if (problem instanceof $ZodError)
    return { code: "agent_refused", reason: "answer_malformed: it is no answer of a tool" };
  const reason = problem instanceof Error ? problem.message.slice(0, LONGEST) : "no answer";
  if (problem instanceof BodyTooLarge || /BodyTooLarge/.test(reason))
    return { code: "agent_refused", reason: `answer_malformed: ${reason}` };
  if (!(problem instanceof McpError) || LOCAL.test(problem.message)) return { code: "outcome_unknown", reason };
  const said = problem.data as { code?: unknown } | undefined;
  if (said?.code === OPERATION_REUSED) return { code: "operation_reused", operation };
  return { code: "agent_refused", reason };
}
