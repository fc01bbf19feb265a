import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerBody, type Outcome } from "./answer-calls";
import { type Wire, writeJson } from "./json";
import { listeners } from "./listeners";
import { isAtHome } from "./local-only";
import type { Room } from "./method";
import { sockets } from "./sockets";

const HOST = "127.0.0.1";
const MOST_BYTES = 10 << 20;
const MOST_TRIES = 50;
const GRACE_MS = 1_000;

export type Served = { readonly port: number; readonly wsPort: number; readonly stop: () => Promise<void> };
type Ask = { readonly port: number; readonly fatal: (problem: unknown) => void };

/**
 * Serves the chain over HTTP, and over WebSocket on the same port and, where old clients look for it, on the next.
 * Errors: throws when the port is taken. A taken next port is no error: the first serves both.
 */
export async function serve(room: Room, { port, fatal }: Ask): Promise<Served> {
  const told = listeners(room);
  const hub = sockets(room, told);
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    respond(room, request, response).catch(fatal);
  };
  const { server, next } = await listenOnBoth(handle, port);
  hub.on(server);
  if (next) hub.on(next);
  const own = portOf(server);
  return {
    port: own,
    wsPort: next ? portOf(next) : own,
    async stop() {
      told.stop();
      hub.close();
      await Promise.all([server, ...(next ? [next] : [])].map(closed));
    },
  };
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** A pair of ports that follow each other; any pair, when none was asked for. */
async function listenOnBoth(handle: Handle, port: number): Promise<{ server: Server; next: Server | undefined }> {
  for (let tries = 1; ; tries += 1) {
    const server = await listening(handle, port);
    if (!server) throw new Error(`Port ${port} is taken`);
    const next = await listening(handle, portOf(server) + 1);
    if (next || port !== 0 || tries === MOST_TRIES) return { server, next };
    await closed(server);
  }
}

function listening(handle: Handle, port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(handle);
    server.once("error", (problem: NodeJS.ErrnoException) =>
      problem.code === "EADDRINUSE" || problem.code === "ERR_SOCKET_BAD_PORT" ? resolve(undefined) : reject(problem),
    );
    server.listen(port, HOST, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port");
  return address.port;
}

/** What is being answered is answered to its end, unless that takes too long. */
const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    const giveUp = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(giveUp);
      done();
    });
    server.closeIdleConnections();
  });

async function respond(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isAtHome(request)) return plain(response, 403, "This chain answers only on this machine.");
  if (request.headers.origin) {
    response.setHeader("access-control-allow-origin", request.headers.origin);
    response.setHeader("access-control-allow-headers", "content-type, solana-client");
    response.setHeader("vary", "origin");
  }
  if (request.method === "OPTIONS") return plain(response, 204, "");
  if (request.method === "GET" && request.url === "/health") return plain(response, 200, "ok");
  if (request.method !== "POST") return plain(response, 405, "Send JSON-RPC calls by POST.");
  // A page of somebody else may post a form or plain text without asking first, but not this.
  if (!request.headers["content-type"]?.startsWith("application/json"))
    return plain(response, 415, "Send JSON-RPC calls as application/json.");
  const body = await bodyOf(request);
  if (body === undefined) return plain(response, 413, "The body is too large.");
  send(request, response, await answerBody(room, body));
}

function send(request: IncomingMessage, response: ServerResponse, { answer, fault }: Outcome): void {
  switch (fault?.kind) {
    case "cut":
    case "cut_before":
      request.socket.destroy();
      return;
    case "busy":
      plain(response, 429, "Too many requests");
      return;
    case "unavailable":
      plain(response, 503, "Service unavailable");
      return;
    case "time_out":
      plain(response, 504, "Gateway timeout");
      return;
    case "drop":
    case "late":
    case "delay":
    case "stale_blockhash":
    case undefined:
      json(response, answer);
  }
}

function json(response: ServerResponse, answer: Wire | undefined): void {
  response.statusCode = answer === undefined ? 204 : 200;
  response.setHeader("content-type", "application/json");
  response.end(answer === undefined ? "" : writeJson(answer));
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader("content-type", "text/plain");
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > MOST_BYTES) return undefined;
      chunks.push(bytes);
    }
  } catch {
    return ""; // the caller hung up: nobody reads the answer
  }
  return Buffer.concat(chunks).toString();
}
