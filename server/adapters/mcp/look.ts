import { err, ok, type Result } from "@/flows/basics/result";
import { EgressFault, FETCH_LIMITS, type FetchLimits } from "@/server/egress/guarded-fetch";
import type { EgressRules, Resolve } from "@/server/egress/way";
import { type DeclaredTool, toolsOf } from "./declared";
import { openHttp } from "./http-session";
import type { Installed } from "./installed";
import type { StdioServers } from "./stdio-servers";
import { wordsOf } from "./words-of";

const LOOK_MS = 20_000;

export type LookError = { code: "server_unreachable" | "egress_refused"; reason: string };
/** What a server calls itself, and its tools. All of it is a stranger's word. */
export type Looked = { name: string; tools: DeclaredTool[] };

export type LookOptions = { trusted?: readonly string[]; resolve?: Resolve; limits?: FetchLimits };

/** Looks at what a server offers, and calls nothing of it. */
export function mcpLook({ trusted = [], resolve, limits = FETCH_LIMITS }: LookOptions) {
  const rules: EgressRules = { trusted: new Set(trusted), ...(resolve ? { resolve } : {}) };
  return async (address: string): Promise<Result<Looked, LookError>> => {
    if (!URL.canParse(address)) return err({ code: "egress_refused", reason: "this is no address" });
    const signal = AbortSignal.timeout(LOOK_MS);
    try {
      const session = await openHttp(new URL(address), { rules, limits, signal });
      try {
        const tools = await Promise.race([toolsOf(session.client, signal), session.broken]);
        return ok({ name: (session.client.getServerVersion()?.name ?? "").slice(0, 100), tools });
      } finally {
        void session.close().catch(() => undefined);
      }
    } catch (problem) {
      if (problem instanceof EgressFault && problem.egress.code === "egress_refused")
        return err(problem.egress as LookError);
      return err({ code: "server_unreachable", reason: wordsOf(problem) });
    }
  };
}

export type LookInstalled = { installed: StdioServers; trusted: readonly string[] };

/** The tools of a server that the operator installed. Errors: rejects when it cannot be asked. */
export async function lookAtInstalled(
  { id, address }: Pick<Installed, "id" | "address">,
  { installed, trusted }: LookInstalled,
): Promise<DeclaredTool[]> {
  if (address !== undefined) {
    const looked = await mcpLook({ trusted })(address);
    if (!looked.ok) throw new Error(`${looked.error.code}: ${looked.error.reason}`);
    return looked.value.tools;
  }
  const signal = AbortSignal.timeout(LOOK_MS);
  return installed.use(id, {
    signal,
    work: ({ client, broken }) => Promise.race([toolsOf(client, signal), broken]),
  });
}
