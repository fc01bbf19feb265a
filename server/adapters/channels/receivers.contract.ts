import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Manner } from "./channel.contract";

export type Posted = { headers: IncomingMessage["headers"]; body: Buffer };

const STATUS = { busy: 503, refusing: 403, gone: 410, moved: 302 } as const;

/** Takes posts on this machine, and behaves as it is told. */
export async function postReceiver() {
  const posted: Posted[] = [];
  const sockets = new Set<Socket>();
  let manner: Manner | "gone" | "moved" = "well";
  const answer = (response: ServerResponse) => {
    if (manner === "slow") return;
    if (manner === "half") return void response.socket?.destroy();
    const status = manner === "well" || manner === "down" ? 201 : STATUS[manner];
    response.writeHead(status, manner === "moved" ? { location: "http://127.0.0.1:9/" } : {}).end("ok");
  };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (manner === "well" || manner === "half")
        posted.push({ headers: request.headers, body: Buffer.concat(chunks) });
      answer(response);
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((closed) => void server.close(() => closed()));
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    posted,
    async behave(next: typeof manner) {
      manner = next;
      if (next === "down") await close();
    },
    close: () => (server.listening ? close() : Promise.resolve()),
  };
}
