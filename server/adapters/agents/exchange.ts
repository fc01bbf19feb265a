import { Agent as HttpPool, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent as HttpsPool, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import type { Report } from "@/flows/ports/progress";
import { bodyOf, type Read } from "./bodies";

/** What comes of one request. `unsent` is provable: no connection was made, so nobody can have read any of it. */
export type Exchange = Read | { became: "too_large" } | { became: "unsent"; reason: string };

/**
 * Units: milliseconds, bytes. `waitMs` counts from the first byte sent to the last byte received. `hear` is told what an
 * answer that comes line by line says before its last one.
 */
export type Ask = {
  url: URL;
  /** Where the name of the host leads: to addresses that were checked. */
  lookup: LookupFunction;
  headers: Readonly<Record<string, string>>;
  body: string;
  waitMs: number;
  hear(report: Report): void;
};
export type Limits = { connectMs: number; bodyBytes: number };

const pools = {
  "http:": new HttpPool({ keepAlive: true, maxFreeSockets: 16 }),
  "https:": new HttpsPool({ keepAlive: true, maxFreeSockets: 16 }),
};

/** Sends one POST and reads one answer. Follows no redirect: where a call goes is the operator's word alone. */
export function exchange(ask: Ask, limits: Limits): Promise<Exchange> {
  return new Promise((resolve) => {
    const secure = ask.url.protocol === "https:";
    const options: RequestOptions = {
      method: "POST",
      headers: { ...ask.headers, "content-length": Buffer.byteLength(ask.body) },
      agent: pools[secure ? "https:" : "http:"],
      lookup: ask.lookup,
    };
    const sent = (secure ? httpsRequest : httpRequest)(ask.url, options);
    let connected = false;
    let settled = false;
    let timer = setTimeout(() => give({ became: "unsent", reason: "no connection in time" }), limits.connectMs);

    const give = (outcome: Exchange) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (outcome.became !== "answered") sent.destroy();
      resolve(outcome);
    };
    const onConnected = () => {
      connected = true;
      clearTimeout(timer);
      timer = setTimeout(() => give({ became: "lost", reason: "no answer in time" }), ask.waitMs);
      sent.end(ask.body); // nothing is written before this line, which is what makes `unsent` provable
    };
    sent.on("socket", (socket) => {
      if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", onConnected);
      else onConnected();
    });
    sent.on("error", (problem: NodeJS.ErrnoException) => {
      const reason = problem.code ?? problem.message;
      give(connected ? { became: "lost", reason } : { became: "unsent", reason });
    });
    sent.on("response", (response) => {
      readBody(response, { limit: limits.bodyBytes, hear: ask.hear }).then(give, (problem: Error) =>
        give({ became: "lost", reason: problem.message }),
      );
    });
  });
}

type Reading = { limit: number; hear: Ask["hear"] };

/** Counts while it reads, so that a body without an end is dropped at the limit and not when memory is. */
async function readBody(response: IncomingMessage, { limit, hear }: Reading): Promise<Exchange> {
  const { statusCode: status = 0, headers } = response;
  const body = bodyOf({ status, contentType: headers["content-type"] ?? "" }, hear);
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return { became: "too_large" };
    const fault = body.take(chunk);
    if (fault) return fault;
  }
  return response.complete ? body.end() : { became: "lost", reason: "the answer was cut short" };
}
