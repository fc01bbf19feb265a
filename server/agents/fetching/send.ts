import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

export type Host = { address: string; family: number };
/** Where a call goes: the address that a person reads, and the machines that were checked for it. */
export type Place = { url: URL; hosts: readonly Host[] };

const CONNECT_MS = 10_000;
/** Says who asks, and that nobody's browser does. */
const USER_AGENT = "AgentLabsStudio/1.0 (an agent that reads single pages for people)";

/** The answer once its head is there, or why there is none. The name is not looked up again: `place` says where it is. */
export function send(place: Place, { accept, signal }: { accept: string; signal: AbortSignal }) {
  const { url, hosts } = place;
  const options: RequestOptions = {
    method: "GET",
    agent: false,
    signal,
    lookup: (_name, { all }, found) => {
      const first = hosts[0] ?? { address: "", family: 4 };
      if (all) found(null, [...hosts]);
      else found(null, first.address, first.family);
    },
    headers: { Accept: accept, "Accept-Encoding": "gzip, br", "User-Agent": USER_AGENT },
  };
  return new Promise<IncomingMessage | string>((resolve, reject) => {
    const request = url.protocol === "https:" ? requestHttps(url, options) : requestHttp(url, options);
    const slow = setTimeout(() => request.destroy(new Error("no connection in 10 s")), CONNECT_MS);
    request.on("socket", (socket) => {
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => clearTimeout(slow));
    });
    request.on("response", (answer) => {
      clearTimeout(slow);
      resolve(answer);
    });
    request.on("error", (problem: NodeJS.ErrnoException) => {
      clearTimeout(slow);
      if (signal.aborted) reject(signal.reason);
      else resolve(problem.code ?? problem.message);
    });
    request.end();
  });
}
