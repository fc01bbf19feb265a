import { z } from "zod";
import type { Tell } from "@/sdk/report";
import { modelStream } from "./model-stream";

/** Any OpenAI-compatible address, e.g. "http://127.0.0.1:11434/v1". */
export type ModelAddress = { baseUrl: string; apiKey?: string | undefined; model: string };

/** Why there is no answer. It is shown on the step: never with what the model's server said, which may hold a key. */
export type ModelFailure =
  | { code: "model_unreachable" }
  | { code: "model_late" }
  | { code: "model_refused"; status: number }
  | { code: "model_answer_too_large" }
  | { code: "model_answer_invalid" };

export type ModelAnswer = { text: string } | { failure: ModelFailure };

type Part = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };
export type Message = { role: "system" | "user"; content: string | readonly Part[] };

const TIMEOUT_MS = 60_000;
const ANSWER_LIMIT = 1024 * 1024; // streamed, each word comes in a wrapping of its own

const Answer = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

/** `tell` hears the text while it is written; who gives none asks for it in one piece. */
export type ModelLimits = { signal: AbortSignal; tell?: Tell | undefined; timeoutMs?: number | undefined };

/** Asks a model once. */
export async function askModel(
  address: ModelAddress,
  messages: readonly Message[],
  { signal, tell, timeoutMs = TIMEOUT_MS }: ModelLimits,
): Promise<ModelAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await fetch(`${address.baseUrl.replace(/\/+$/, "")}/chat/completions`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(address.apiKey ? { Authorization: `Bearer ${address.apiKey}` } : {}),
      },
      body: JSON.stringify({ model: address.model, temperature: 0, stream: tell !== undefined, messages }),
      redirect: "error", // the key is for this address only
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!reply.ok) {
      await reply.body?.cancel();
      return { failure: { code: "model_refused", status: reply.status } };
    }
    const isStream = /^text\/event-stream\b/i.test(reply.headers.get("content-type") ?? "");
    const read = isStream ? await readStream(reply, tell) : await readWhole(reply);
    if ("failure" in read) return read;
    return read.text === null ? { failure: { code: "model_answer_invalid" } } : { text: read.text };
  } catch {
    signal.throwIfAborted(); // the deadline of the whole work is not the model's failure
    return { failure: { code: timeout.aborted ? "model_late" : "model_unreachable" } };
  }
}

type Read = { text: string | null } | { failure: ModelFailure };

/** Null for what is no answer. A server that does not stream answers with one value. */
async function readWhole(reply: Response): Promise<Read> {
  const chunks: Uint8Array[] = [];
  if (!(await readLimited(reply, (bytes) => chunks.push(bytes))))
    return { failure: { code: "model_answer_too_large" } };
  const answer = Answer.safeParse(parsed(Buffer.concat(chunks).toString("utf8")));
  return { text: answer.data?.choices[0]?.message.content ?? null };
}

async function readStream(reply: Response, tell: Tell | undefined): Promise<Read> {
  const stream = modelStream((delta) => tell?.({ delta }));
  if (!(await readLimited(reply, stream.take))) return { failure: { code: "model_answer_too_large" } };
  return { text: stream.end() };
}

/** False when there is more than anybody asked for; the rest is not read. */
async function readLimited(reply: Response, take: (bytes: Uint8Array) => void): Promise<boolean> {
  const reader = reply.body?.getReader();
  let size = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.length;
    if (size > ANSWER_LIMIT) {
      await reader?.cancel();
      return false;
    }
    take(part.value);
  }
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // fits no schema
  }
}
