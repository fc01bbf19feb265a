import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
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

export type Mail = { from: string; to: string[]; raw: string; email: Awaited<ReturnType<typeof PostalMime.parse>> };

type Envelope = SMTPServerSession["envelope"];
const REFUSALS = { busy: 451, refusing: 550 } as const;

/** A mail server on this machine. It offers no TLS, and asks for no password unless it is given one. */
export async function mailReceiver(more: { password?: string; port?: number } = {}) {
  const mails: Mail[] = [];
  let manner: Manner = "well";
  async function take(raw: string, envelope: Envelope, done: () => void): Promise<void> {
    const email = await PostalMime.parse(raw);
    const from = envelope.mailFrom ? envelope.mailFrom.address : "";
    mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, email });
    if (manner === "half") for (const connection of server.connections) connection.close();
    else if (manner !== "slow") done();
  }
  const server: SMTPServer = new SMTPServer({
    authOptional: more.password === undefined,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ password, username }, _session, done) =>
      password === more.password ? done(null, { user: username }) : done(new Error("wrong")),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (manner === "busy" || manner === "refusing")
          done(Object.assign(new Error("not now"), { responseCode: REFUSALS[manner] }));
        else void take(Buffer.concat(chunks).toString("utf8"), envelope, done);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((listening) => void server.listen(more.port ?? 0, "127.0.0.1", () => listening()));
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((closed) => void server.close(() => closed()));
  return {
    port,
    mails,
    async behave(next: Manner) {
      manner = next;
      if (next === "down") await close();
    },
    async close() {
      if (server.server.listening) await close();
    },
  };
}
