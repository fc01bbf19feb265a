import type { IncomingMessage } from "node:http";
import { type Agent, routeName } from "./agent";
import { readWork } from "./body";
import type { Desk } from "./desk";
import { toldPrice } from "./price";
import { type Reply, refuse, success } from "./reply";
import type { Tell } from "./report";

/** Who answers at /<name>. */
export type Served = ReadonlyMap<string, { agent: Agent; desk: Desk }>;

const KEY = /^[\x21-\x7e]{1,255}$/;

/** From a request to its reply. Only execute reads a body, and may have something to tell; the rest is the same for all. */
export async function route(served: Served, request: IncomingMessage, tell: Tell): Promise<Reply> {
  const path = new URL(request.url ?? "/", "http://agents").pathname;
  const asked = `${request.method === "HEAD" ? "GET" : request.method} ${path}`;
  if (asked === "GET /health") return success({ status: "ok", agents: [...served.keys()] });
  if (asked === "GET /manifest") return success({ agents: [...served.values()].map(({ agent }) => manifestOf(agent)) });

  const [, name = "", action] = path.split("/");
  const found = path.split("/").length === 3 ? served.get(name) : undefined;
  if (!found) return unknown(served, asked);
  if (asked === `GET /${name}/health`) return success({ status: "ok", agent: found.agent.manifest.agent });
  if (asked === `GET /${name}/manifest`) return success(manifestOf(found.agent));
  if (request.method === "POST" && action === "execute") return execute(found.desk, request, tell);
  return unknown(served, asked);
}

async function execute(desk: Desk, request: IncomingMessage, tell: Tell): Promise<Reply> {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || !KEY.test(key)) {
    request.resume(); // a body that nobody reads would keep the caller from reading the refusal
    return refuse(
      "key_invalid",
      "Send a header Idempotency-Key of 1 to 255 visible characters, new for each piece of work.",
    );
  }
  const work = await readWork(request);
  return work.ok ? desk.take(key, work.value, tell) : work.error;
}

function unknown(served: Served, asked: string): Reply {
  const names = [...served.keys()].join(", ");
  return refuse(
    "route_unknown",
    `${asked} is not served here. Agents: ${names}. Each has POST /<agent>/execute, GET /<agent>/health and GET /<agent>/manifest.`,
  );
}

function manifestOf({ manifest }: Agent) {
  return { ...manifest, price: toldPrice(manifest.price) };
}

/** The routes' table. Two agents of one name cannot be told apart by a caller, so the second is not served. */
export function repeatedName(agents: readonly Agent[]): string | undefined {
  const names = agents.map(({ manifest }) => routeName(manifest));
  return names.find((name, index) => names.indexOf(name) !== index);
}
