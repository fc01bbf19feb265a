import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "./reply";
import { gathered, type Tell } from "./report";

/** The two ways to answer a request: `send` ends it, `tell` may go before. */
export type Respond = { tell: Tell; send(reply: Reply): void };

const PACE_MS = 200; // people read no faster, and a caller counts what is sent against the size of the answer
const LINE = 8_192; // characters; escaped, it stays below the 64 KB that a line may have

const HEADERS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/**
 * Answers with one JSON value; with lines when the caller takes them and something was said before the answer was there.
 * The last line is the answer and the status that it would have had by itself.
 */
export function respond(request: IncomingMessage, response: ServerResponse): Respond {
  const takesLines = /\bapplication\/x-ndjson\b/i.test(request.headers.accept ?? "");
  const words = gathered();
  let timer: NodeJS.Timeout | undefined;

  function beat(): void {
    timer = undefined;
    if (response.destroyed) return;
    if (response.writableNeedDrain)
      timer = setTimeout(beat, PACE_MS); // a slow caller gets more at once later
    else write();
  }

  function write(): void {
    const said = words.take();
    if (!said) return;
    if (!response.headersSent) response.writeHead(200, { "Content-Type": "application/x-ndjson", ...HEADERS });
    for (let from = 0; from < said.text.length; from += LINE) line({ delta: said.text.slice(from, from + LINE) });
    if (said.progress) line({ progress: said.progress });
  }

  function line(value: unknown): void {
    response.write(`${JSON.stringify(value)}\n`);
  }

  return {
    tell(report) {
      if (!takesLines) return;
      words.add(report);
      timer ??= setTimeout(beat, PACE_MS);
    },
    send({ status, body, headers }) {
      clearTimeout(timer);
      if (response.headersSent) {
        if (response.destroyed) return; // nobody is there any more; the answer is kept under its key
        write();
        response.end(`{"status":${status},"answer":${body}}\n`);
        return;
      }
      response.writeHead(status, {
        "Content-Type": "application/json; charset=utf-8",
        ...HEADERS,
        ...(status === 413 ? { Connection: "close" } : {}),
        ...headers,
      });
      response.end(body);
    },
  };
}
