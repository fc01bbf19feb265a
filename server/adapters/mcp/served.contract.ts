import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { type EventStore, StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  CallToolRequestSchema,
  type JSONRPCMessage,
  ListToolsRequestSchema,
  type ServerNotification,
} from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";

export type Given = {
  name: string;
  input: Record<string, unknown>;
  meta: Record<string, unknown>;
  signal: AbortSignal;
  /** Asks the client something in the middle of the call. */
  ask(method: string, params?: object): Promise<unknown>;
  notify(notification: ServerNotification): Promise<void>;
  /** Ends the stream that the answer was to come on: it is there to be taken up. */
  hangUp(): void;
};
export type ServedTool = { description?: string; inputSchema: object; outputSchema?: object; annotations?: object };
/** A server of a test: what it lists may change between two looks. */
export type Spoken = { tools(): Record<string, ServedTool>; call(given: Given): Promise<object> };

export function mcpServer({ tools, call }: Spoken): Server {
  const server = new Server({ name: "under-test", version: "1" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: Object.entries(tools()).map(([name, tool]) => ({ name, ...tool })) as never,
  }));
  server.setRequestHandler(
    CallToolRequestSchema,
    async ({ params }, { signal, sendNotification, sendRequest, closeSSEStream }) =>
      call({
        name: params.name,
        input: params.arguments ?? {},
        meta: params._meta ?? {},
        signal,
        ask: (method, asked) => sendRequest({ method, params: asked } as never, z.any()),
        notify: sendNotification,
        hangUp: () => closeSSEStream?.(),
      }),
  );
  return server;
}

/** Serves it over streamable HTTP, one session for each client. `before` may answer instead. */
export async function serveMcp(
  spoken: Spoken,
  before: (...given: Parameters<RequestListener>) => boolean = () => false,
) {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const requests: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(String(request.method));
    if (before(request, response)) return;
    const known = sessions.get(String(request.headers["mcp-session-id"]));
    if (known) return known.handleRequest(request, response);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: keptEvents(),
      retryInterval: 50,
      onsessioninitialized: (id) => void sessions.set(id, transport),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await mcpServer(spoken).connect(transport as never);
    await transport.handleRequest(request, response);
  }

  const http: HttpServer = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(http, "listening");
  return {
    address: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    requests,
    sessions,
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
}

/** What was said on streams, so that one that broke off can be taken up where it was. */
function keptEvents(): EventStore {
  const events: { id: string; stream: string; message: JSONRPCMessage }[] = [];
  return {
    async storeEvent(stream, message) {
      const id = `${stream}_${events.length}`;
      events.push({ id, stream, message });
      return id;
    },
    async replayEventsAfter(last, { send }) {
      const place = events.findIndex(({ id }) => id === last);
      const stream = events[place]?.stream ?? "";
      for (const event of events.slice(place + 1)) if (event.stream === stream) await send(event.id, event.message);
      return stream;
    },
  };
}
