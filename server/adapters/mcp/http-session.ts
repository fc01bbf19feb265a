import { TransformStream } from "node:stream/web";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type FetchLimits, guardedFetch } from "@/server/egress/guarded-fetch";
import type { EgressRules } from "@/server/egress/way";
import { connect, newClient, type Session } from "./session";

const TAKEN_UP_MS = 5_000;
const GOODBYE_MS = 2_000;

/** Units: milliseconds. After the stream of a call's answer has ended without it, for `takenUpMs` it may be taken up again. */
type HttpOptions = { rules: EgressRules; limits: FetchLimits; signal: AbortSignal; takenUpMs?: number | undefined };

/**
 * A conversation over streamable HTTP, for one call and no longer: nothing that one payer's call left in it is there for
 * another's. Every connection goes through the guard. The server gets no stream of its own to talk on: only answers are
 * read, and those that broke off are taken up again where the server offers that.
 */
export async function openHttp(
  address: URL,
  { rules, limits, signal, takenUpMs = TAKEN_UP_MS }: HttpOptions,
): Promise<Session> {
  const guarded = guardedFetch(rules, limits);
  let giveUp: (problem: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  broken.catch(() => undefined); // nobody may be waiting
  let ending: NodeJS.Timeout | undefined;
  let isCalling = false;

  async function fetch(input: string | URL, init?: RequestInit): Promise<Response> {
    const isQuestion = init?.method === undefined || init.method === "GET";
    if (isQuestion && !new Headers(init?.headers).has("last-event-id")) return new Response(null, { status: 405 });
    // Streams of other answers end when they like; of the call's own the last one counts.
    if (isCall(init?.body)) isCalling = true;
    else if (!isQuestion || !isCalling) return guarded.fetch(input, init);
    clearTimeout(ending);
    const answer = await guarded.fetch(input, init);
    return watched(answer, () => {
      ending = setTimeout(() => giveUp(new Error("the stream ended without an answer")), takenUpMs);
    });
  }

  const transport = new StreamableHTTPClientTransport(address, {
    fetch,
    reconnectionOptions: {
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 2_000,
      reconnectionDelayGrowFactor: 2,
      maxRetries: 2,
    },
  });
  const client = newClient();
  async function close(): Promise<void> {
    clearTimeout(ending);
    // It is politeness: who does not hear it forgets the conversation by himself.
    await Promise.race([
      transport.terminateSession().catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, GOODBYE_MS).unref()),
    ]);
    clearTimeout(ending);
    await client.close();
    await guarded.close();
  }
  try {
    await connect(client, transport, signal);
  } catch (problem) {
    void close().catch(() => undefined);
    throw problem;
  }
  client.onerror = (problem) => {
    if (/^SSE stream disconnected|^Maximum reconnection/.test(problem.message)) giveUp(problem);
  };
  return { client, broken, close };
}

/** Says when all of a stream of events has come. */
function watched(answer: Response, ended: () => void): Response {
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream");
  if (!isStream || !answer.body) return answer;
  const body = answer.body.pipeThrough(new TransformStream({ flush: ended }) as never) as ReadableStream;
  const { status, statusText, headers } = answer;
  return new Response(body, { status, statusText, headers });
}

function isCall(body: unknown): boolean {
  return typeof body === "string" && (JSON.parse(body) as { method?: string }).method === "tools/call";
}
