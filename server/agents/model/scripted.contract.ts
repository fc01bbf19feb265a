import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { afterEach } from "vitest";

export type Heard = {
  path: string;
  authorization: string | undefined;
  body: { model: string; messages: { content: string }[] };
};
export type Script = (response: ServerResponse, request: IncomingMessage) => void;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A language model that says what the test wrote for it. */
export async function scripted(script: Script) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    readText(request).then((body) => {
      const { authorization } = request.headers;
      heard.push({ path: request.url ?? "", authorization, body: JSON.parse(body) });
      script(response, request);
    }, response.destroy);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { heard, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/` };
}

export const says =
  (content: unknown): Script =>
  (response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ choices: [{ message: { role: "assistant", content } }] }));
  };

/** As OpenAI-compatible servers stream: an event for each piece, and a letter of theirs split over two chunks. */
export const writes =
  (pieces: readonly string[], end = "data: [DONE]\n\n"): Script =>
  async (response) => {
    response.setHeader("Content-Type", "text/event-stream; charset=utf-8");
    const events = pieces.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
    const bytes = Buffer.from(`: hello\n\n${events.join("")}${end}`);
    for (let from = 0; from < bytes.length; from += 7) {
      response.write(bytes.subarray(from, from + 7));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };

export const endless: Script = (response) => {
  const more = setInterval(() => response.write("x".repeat(65_536)), 5);
  response.on("close", () => clearInterval(more));
};
