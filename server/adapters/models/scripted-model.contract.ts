import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { ModelReply } from "@/flows/ports/models";
import type { Scripted } from "@/flows/ports/models.contract";

type Body = {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string | null; tool_calls?: unknown[] }[];
  tools?: { function: { name: string; parameters: unknown } }[];
  tool_choice?: string;
  max_tokens?: number;
};
export type HeardAsk = { path: string; authorization: string | undefined; body: Body };
type Script = (body: Body, place: number) => Scripted;

/** A language model of its own process address, that says what a test wrote for it, over the wire of OpenAI. */
export async function scriptedModel(script: Script) {
  const heard: HeardAsk[] = [];
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const body = JSON.parse(await readText(request)) as Body;
    const place = heard.push({ path: request.url ?? "", authorization: request.headers.authorization, body }) - 1;
    const scripted = script(body, place);
    if ("fails" in scripted) fail(scripted, response);
    else if (body.stream) stream(scripted.answers, response);
    else response.setHeader("content-type", "application/json").end(JSON.stringify(whole(scripted.answers)));
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { heard, close, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

const about = { id: "chat-1", object: "chat.completion", created: 1, model: "small" };
const endOf = ({ cut, calls }: ModelReply) => (cut ? "length" : calls.length > 0 ? "tool_calls" : "stop");
const usageOf = ({ tokens }: ModelReply) =>
  tokens ? { usage: { prompt_tokens: tokens.input, completion_tokens: tokens.output, total_tokens: 15 } } : {};
const callsOf = ({ calls }: ModelReply) =>
  calls.map(({ id, tool, input }, index) => {
    return { index, id, type: "function", function: { name: tool, arguments: JSON.stringify(input) } };
  });

function whole(reply: ModelReply) {
  const tool_calls = reply.calls.length > 0 ? { tool_calls: callsOf(reply) } : {};
  const message = { role: "assistant", content: reply.text, ...tool_calls };
  return { ...about, choices: [{ index: 0, message, finish_reason: endOf(reply) }], ...usageOf(reply) };
}

/** Letter by letter almost, and cut up on the way without regard for letters. */
function stream(reply: ModelReply, response: ServerResponse): void {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ ...about, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const pieces = reply.text.match(/.{1,4}/gsu) ?? [];
  const text = [
    chunk({ role: "assistant", content: "" }),
    ...pieces.map((content) => chunk({ content })),
    ...callsOf(reply).map((call) => chunk({ tool_calls: [call] })),
    chunk({}, endOf(reply)),
    ...(reply.tokens ? [`data: ${JSON.stringify({ ...about, choices: [], ...usageOf(reply) })}\n\n`] : []),
    "data: [DONE]\n\n",
  ].join("");
  response.setHeader("content-type", "text/event-stream; charset=utf-8");
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += 97) response.write(bytes.subarray(from, from + 97));
  response.end();
}

function fail(how: Extract<Scripted, { fails: string }>, response: ServerResponse): void {
  switch (how.fails) {
    case "redirects":
      response.writeHead(307, { location: `${how.to}/chat/completions` }).end();
      return;
    case "refuses":
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "Incorrect API key sk-canary of org acme" } }));
      return;
    case "is busy":
      response.writeHead(503).end("busy");
      return;
    case "breaks off":
      response.setHeader("content-type", "text/event-stream");
      response.write(`data: ${JSON.stringify({ ...about, choices: [{ index: 0, delta: { content: "Hig" } }] })}\n\n`);
      response.socket?.destroySoon();
      return;
    case "is silent":
      return;
    case "is garbage":
      response.setHeader("content-type", "text/event-stream");
      response.end("data: {]\n\ndata: <html>\n\n");
      return;
    default: {
      response.setHeader("content-type", "text/event-stream");
      const more = setInterval(() => response.write(`: ${"x".repeat(262_144)}\n\n`), 1);
      response.on("close", () => clearInterval(more));
    }
  }
}
