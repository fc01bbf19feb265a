import { z } from "zod";

const Said = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});

/** Calls methods by their names, past every client, so that a test sees what goes over the wire. */
export const asking =
  (rpcUrl: string) =>
  async (method: string, ...params: unknown[]) => {
    const answer = await fetch(rpcUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    return Said.parse(await answer.json());
  };
