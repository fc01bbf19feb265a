import { createDefaultRpcTransport, createSolanaRpcFromTransport } from "@solana/kit";

/** One that hangs is given up, so that the next can answer in time. Units: milliseconds. */
const EACH_MS = 4_000;

/**
 * A chain behind one or more servers: each question goes to the first that answers, beginning with the one that answered
 * last. Errors: throws what the last of them said. What a server answers is its answer, also when it is a refusal.
 */
export function chainServers(urls: readonly string[]) {
  const servers = urls.map((url) => createDefaultRpcTransport({ url }));
  let first = 0;
  const anybody: (typeof servers)[number] = async (asked) => {
    let lost: unknown = new Error("No server of the chain is known.");
    for (let tried = 0; tried < servers.length; tried++) {
      const place = (first + tried) % servers.length;
      const server = servers[place];
      if (!server) continue;
      const given = AbortSignal.timeout(EACH_MS);
      try {
        const answer = await server<never>({
          ...asked,
          signal: asked.signal ? AbortSignal.any([asked.signal, given]) : given,
        });
        first = place;
        return answer;
      } catch (problem) {
        lost = problem;
      }
    }
    throw lost;
  };
  return createSolanaRpcFromTransport(anybody);
}
