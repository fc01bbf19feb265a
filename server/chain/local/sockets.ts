import type { IncomingMessage, Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { answerCall, type Call, failed, readCall } from "./answer-calls";
import { type Wire, writeJson } from "./json";
import type { Listeners } from "./listeners";
import { isAtHome } from "./local-only";
import type { Room } from "./method";
import { rpcError } from "./rpc-error";
import { readWatch } from "./subscriptions";

const MOST_BYTES = 1 << 20;
const MOST_SUBSCRIPTIONS = 10_000;

/** Answers calls and keeps subscriptions over WebSockets, on each of the servers. */
export function sockets(room: Room, listeners: Listeners) {
  const hub = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES });
  hub.on("connection", (socket) => converse(socket, room, listeners));
  return {
    on(server: Server): void {
      server.on("upgrade", (request: IncomingMessage, socket, head) => {
        if (!isAtHome(request)) {
          socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
          return;
        }
        hub.handleUpgrade(request, socket, head, (open) => hub.emit("connection", open, request));
      });
    },
    close(): void {
      for (const socket of hub.clients) socket.terminate();
      hub.close();
    },
  };
}

function converse(socket: WebSocket, room: Room, listeners: Listeners): void {
  const mine = new Set<number>();
  const tell = (message: Wire) => {
    if (socket.readyState === socket.OPEN) socket.send(writeJson(message));
  };
  const subscribe = (call: Call): boolean => {
    const watch = readWatch(room, call);
    if (!watch) return false;
    if ("code" in watch) tell(failed(call.id, watch));
    else if (mine.size >= MOST_SUBSCRIPTIONS)
      tell(failed(call.id, rpcError("broken", `There are ${MOST_SUBSCRIPTIONS} subscriptions on this connection`)));
    else {
      const id = listeners.add(watch, tell);
      mine.add(id);
      tell({ jsonrpc: "2.0", result: id, id: call.id ?? null });
      listeners.catchUp(id);
    }
    return true;
  };
  const unsubscribe = (call: Call): boolean => {
    if (!/^[a-z]+Unsubscribe$/.test(call.method)) return false;
    const read = z.tuple([z.number()]).safeParse(call.params);
    if (read.success && mine.delete(read.data[0])) {
      listeners.remove(read.data[0]);
      tell({ jsonrpc: "2.0", result: true, id: call.id ?? null });
    } else tell(failed(call.id, rpcError("params", "Invalid subscription id.")));
    return true;
  };
  const hear = async (text: string) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return tell(failed(null, rpcError("parse", "Parse error: the message is no JSON")));
    }
    const read = readCall(value);
    if ("refused" in read) return tell(read.refused);
    if (subscribe(read.call) || unsubscribe(read.call)) return;
    tell(await answerCall(room, read.call));
  };
  socket.on("message", (bytes) => void hear(bytes.toString()));
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    for (const id of mine) listeners.remove(id);
  });
}
