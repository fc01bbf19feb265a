import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { err, ok, type Result } from "../flows/basics/result";
import { AgentManifest } from "../flows/types/agent-manifest";
import { type Agent, routeName } from "./agent";
import { answersIn } from "./answers";
import { openDesk } from "./desk";
import { type Reply, refuse } from "./reply";
import { respond } from "./respond";
import { repeatedName, route, type Served } from "./routes";

export type ServeOptions = {
  agents: readonly Agent[];
  /** 0 takes a free one; `ServedAgents.url` says which. */
  port: number;
  /** Only this machine is served. Others reach an agent through a reverse proxy with TLS. */
  host?: "127.0.0.1";
  /** The folder of first answers. It must outlive the process, and belong to one process at a time. */
  answers: string;
  /** How many pieces of work each agent does at once; more are told to come back. */
  concurrency?: number;
  /** Hears why an agent broke, which callers are not told. */
  log?: (problem: unknown) => void;
};

export type ServeError =
  | { code: "address_taken"; port: number }
  | { code: "answers_unusable"; folder: string; problem: string }
  | { code: "manifest_invalid"; agent: string; problem: string }
  | { code: "name_repeated"; name: string };

export type ServedAgents = { url: string; close(): Promise<void> };

const CONCURRENCY = 4;
const CLOSE_GRACE_MS = 5_000;

/** Puts agents behind the HTTP contract that the studio calls. */
export async function serveAgents(options: ServeOptions): Promise<Result<ServedAgents, ServeError>> {
  const fault = faultOf(options.agents);
  if (fault) return err(fault);
  const opened = await open(options);
  if (!opened.ok) return opened;

  const log = options.log ?? (() => {});
  const server = createServer((request, response) => {
    const { tell, send } = respond(request, response);
    route(opened.value, request, tell)
      .catch((problem: unknown): Reply => {
        if (!request.destroyed) log(problem);
        return refuse("agent_failed", "The server broke on this request. Its operator has been told why in its log.");
      })
      .then(send)
      .catch(log);
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return listen(server, options);
}

function faultOf(agents: readonly Agent[]): ServeError | null {
  for (const { manifest } of agents) {
    const parsed = AgentManifest.safeParse(manifest);
    const problem = parsed.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join(". ");
    if (problem) return { code: "manifest_invalid", agent: String(manifest.agent), problem };
  }
  const name = repeatedName(agents);
  return name === undefined ? null : { code: "name_repeated", name };
}

async function open({ agents, answers: folder, concurrency = CONCURRENCY, log = () => {} }: ServeOptions) {
  try {
    const answers = await answersIn(folder);
    const desks = agents.map((agent) => {
      const desk = openDesk(agent, { answers, concurrency, log });
      return [routeName(agent.manifest), { agent, desk }] as const;
    });
    return ok<Served>(new Map(desks));
  } catch (problem) {
    return err({ code: "answers_unusable", folder, problem: String(problem) } satisfies ServeError);
  }
}

function listen(server: Server, { port, host = "127.0.0.1" }: ServeOptions): Promise<Result<ServedAgents, ServeError>> {
  return new Promise((resolve, reject) => {
    server.once("error", (problem: NodeJS.ErrnoException) => {
      if (problem.code === "EADDRINUSE") resolve(err({ code: "address_taken", port }));
      else reject(problem);
    });
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve(ok({ url: `http://${host}:${taken}`, close: () => close(server) }));
    });
  });
}

/** Work in progress may end, so that its answer is kept; nobody waits for it longer than the grace. */
async function close(server: Server): Promise<void> {
  const grace = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(grace);
}
