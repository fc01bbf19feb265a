import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import { type AgentFailure, done, type Outcome } from "@/sdk/agent";
import { askModel, type Message, type ModelAddress, type ModelFailure } from "./ask-model";
import { jsonIn } from "./json-in";

/** `attempts` counts the first; between two of them the wait doubles. */
export type Asking = { signal: AbortSignal; timeoutMs?: number | undefined; attempts?: number; waitMs?: number };

const ATTEMPTS = 3;
const WAIT_MS = 500;

/** For agents that can do nothing without one. Who could change it reads what to set. */
export function modelMissing(): Outcome<never> {
  const message =
    "This agent needs a language model, and none is set up. Have an operator set OPENAI_BASE_URL, and OPENAI_MODEL and OPENAI_API_KEY where the model asks for them.";
  return failed({ code: "model_missing", message, class: "permanent" });
}

/** Asks until an answer fits the schema, as often as may pass by itself, and within the deadline of the whole work. */
export async function askForJson<T>(
  address: ModelAddress,
  { messages, schema }: { messages: readonly Message[]; schema: z.ZodType<T> },
  { signal, timeoutMs, attempts = ATTEMPTS, waitMs = WAIT_MS }: Asking,
): Promise<Outcome<T>> {
  let failure: ModelFailure = { code: "model_answer_invalid" };
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await wait(waitMs * 2 ** (attempt - 1), undefined, { signal });
    const answer = await askModel(address, messages, { signal, timeoutMs });
    const fitting = "text" in answer ? schema.safeParse(jsonIn(answer.text)) : null;
    if (fitting?.success) return done(fitting.data);
    failure = "failure" in answer ? answer.failure : { code: "model_answer_invalid" };
    if (!mayPass(failure)) break;
  }
  return failed(wordsFor(failure, address.model));
}

function mayPass(failure: ModelFailure): boolean {
  if (failure.code === "model_refused")
    return failure.status === 429 || failure.status === 408 || failure.status >= 500;
  return failure.code !== "model_answer_too_large";
}

function wordsFor(failure: ModelFailure, model: string): AgentFailure {
  const { code } = failure;
  switch (code) {
    case "model_unreachable":
      return { code, message: "The language model cannot be reached. Call again later.", class: "transient" };
    case "model_late":
      return { code, message: "The language model did not answer in time. Call again later.", class: "transient" };
    case "model_answer_invalid":
      return {
        code,
        message: `The model ${model} did not answer in the form it was asked for. Call again later.`,
        class: "transient",
      };
    case "model_answer_too_large":
      return { code, message: "The language model answered more than is read. Send less at once.", class: "business" };
    case "model_refused": {
      const message = `The language model refused with status ${failure.status}.`;
      return mayPass(failure)
        ? { code, message: `${message} Call again later.`, class: "transient" }
        : { code, message: `${message} Have an operator look at OPENAI_MODEL and OPENAI_API_KEY.`, class: "permanent" };
    }
  }
}

function failed(error: AgentFailure): Outcome<never> {
  return { ok: false, error };
}
