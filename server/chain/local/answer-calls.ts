import { z } from "zod";
import type { Fault } from "./faults";
import type { Wire } from "./json";
import type { Method, Room } from "./method";
import { accountMethods } from "./methods/accounts";
import { blockMethods } from "./methods/blocks";
import { studioMethods } from "./methods/studio";
import { nameOnly, staleBlockhash, transactionMethods } from "./methods/transactions";
import { type RpcError, rpcError } from "./rpc-error";

const NAME_ONLY = "fault: only the name of a transaction";
const STALE = "fault: a stale blockhash";

const METHODS: Readonly<Record<string, Method>> = {
  [NAME_ONLY]: nameOnly,
  [STALE]: staleBlockhash,
  ...accountMethods,
  ...blockMethods,
  ...studioMethods,
  ...transactionMethods,
};

const Call = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().max(100),
  params: z.unknown().optional(),
});
export type Call = z.infer<typeof Call>;

const MOST_IN_BATCH = 100;

export const failed = (id: Call["id"], error: RpcError): Wire => ({ jsonrpc: "2.0", error, id: id ?? null });

/** One call as JSON-RPC 2.0 wants it. Errors: an answer that says what is wrong. */
export function readCall(value: unknown): { call: Call } | { refused: Wire } {
  const read = Call.safeParse(value);
  if (read.success) return { call: read.data };
  return { refused: failed(null, rpcError("request", "Invalid request: not a call of JSON-RPC 2.0")) };
}

/** Answers one call of a method. */
export async function answerCall(room: Room, { id, method, params }: Call): Promise<Wire> {
  const known = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!known) return failed(id, rpcError("unknown", `Method not found: ${method}`));
  const answer = await known(room, params);
  return answer.ok ? { jsonrpc: "2.0", result: answer.value, id: id ?? null } : failed(id, answer.error);
}

/** What goes out over HTTP: a body, or the fault that befalls the one call. */
export type Outcome = { readonly answer: Wire | undefined; readonly fault?: Fault };

/** Answers a call or a batch of calls. */
export async function answerBody(room: Room, body: string): Promise<Outcome> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { answer: failed(null, rpcError("parse", "Parse error: the body is no JSON")) };
  }
  if (!Array.isArray(value)) return answerOne(room, value);
  if (value.length === 0 || value.length > MOST_IN_BATCH)
    return { answer: failed(null, rpcError("request", `Invalid request: a batch holds 1 to ${MOST_IN_BATCH} calls`)) };
  const answers: Wire[] = [];
  for (const one of value) {
    const { answer } = await answerOne(room, one);
    if (answer !== undefined) answers.push(answer);
  }
  return { answer: answers.length > 0 ? answers : undefined };
}

async function answerOne(room: Room, value: unknown): Promise<Outcome> {
  const read = readCall(value);
  if ("refused" in read) return { answer: read.refused };
  const fault = room.faults?.next(read.call.method);
  const answer = await (fault ? befallen(room, read.call, fault) : answerCall(room, read.call));
  const silent = read.call.id === undefined; // a notification of JSON-RPC: nobody waits for an answer
  return { answer: silent ? undefined : answer, ...(fault ? { fault } : {}) };
}

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

async function befallen(room: Room, call: Call, fault: Fault): Promise<Wire> {
  switch (fault.kind) {
    case "busy":
    case "unavailable":
    case "cut_before":
      return null;
    case "cut":
      return answerCall(room, call);
    case "time_out": {
      const answer = await answerCall(room, call);
      await wait(fault.ms);
      return answer;
    }
    case "delay":
      await wait(fault.ms);
      return answerCall(room, call);
    case "drop":
      return answerCall(room, { ...call, method: NAME_ONLY });
    case "late":
      void wait(fault.ms).then(() => answerCall(room, call));
      return answerCall(room, { ...call, method: NAME_ONLY });
    case "stale_blockhash":
      return answerCall(room, { ...call, method: STALE });
  }
}
