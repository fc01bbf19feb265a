import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, jsonSchema, type LanguageModel, type ModelMessage, streamText, type ToolSet, tool } from "ai";
import { err, type Result } from "@/flows/basics/result";
import type { ModelMessage as Message, ModelAsk, ModelReply, ModelsError, ModelsPort } from "@/flows/ports/models";
import type { Report } from "@/flows/ports/progress";
import { guardedFetch } from "@/server/egress/guarded-fetch";
import type { Resolve } from "@/server/egress/way";
import type { Provider } from "./listed";
import { failureOf } from "./model-failures";
import { type Answered, replyFrom } from "./model-replies";

/**
 * `keys` are the providers' keys by name. The origin of a provider is one that the operator has set: it may lie anywhere.
 * Units: milliseconds, bytes.
 */
export type ModelsOptions = {
  providers: readonly Provider[];
  keys: Readonly<Record<string, string>>;
  resolve?: Resolve;
  limits?: { connectMs: number; bodyBytes: number };
};

const LIMITS = { connectMs: 10_000, bodyBytes: 4 * 1024 * 1024 };

type Known = { model: LanguageModel; stream: boolean };

/** Models behind any address that speaks the chat completions of OpenAI, through the AI SDK. It repeats nothing itself. */
export function openAiCompatibleModels(options: ModelsOptions): ModelsPort {
  const known = knownModels(options);
  return {
    async ask(ask, hear = () => undefined) {
      const found = known.get(ask.model);
      const reason = `This studio cannot ask ${ask.model} any more.`;
      if (!found) return err({ code: "model_unavailable", reason });
      const timeout = AbortSignal.timeout(ask.deadlineMs);
      try {
        const settings = settingsOf(ask, found.model, timeout);
        return replyFrom(found.stream ? await streamed(settings, hear) : await whole(settings));
      } catch (problem) {
        return failed(problem, timeout);
      }
    },
  };
}

function failed(problem: unknown, timeout: AbortSignal): Result<ModelReply, ModelsError> {
  if (timeout.aborted) return err({ code: "outcome_unknown", reason: "no answer in time" });
  return err(failureOf(problem));
}

function knownModels({ providers, keys, resolve, limits = LIMITS }: ModelsOptions): ReadonlyMap<string, Known> {
  return new Map(
    providers.flatMap(({ name, address, stream, models }) => {
      const rules = { trusted: new Set([new URL(address).origin]), ...(resolve ? { resolve } : {}) };
      const provider = createOpenAICompatible({
        name,
        baseURL: address.replace(/\/+$/, ""),
        ...(keys[name] ? { apiKey: keys[name] } : {}),
        includeUsage: true,
        fetch: guardedFetch(rules, { ...limits, redirects: 0 }).fetch,
      });
      return models.map((each) => [`${name}/${each.name}`, { model: provider(each.asks), stream }] as const);
    }),
  );
}

type Settings = Parameters<typeof generateText>[0];

function settingsOf(ask: ModelAsk, model: LanguageModel, abortSignal: AbortSignal): Settings {
  const [first, ...others] = ask.messages;
  const studio = first?.by === "studio" ? { system: first.text, messages: others } : { messages: ask.messages };
  const tools: ToolSet = Object.fromEntries(
    ask.tools.map(({ name, description, input }) => {
      return [name, tool({ description, inputSchema: jsonSchema(input as Parameters<typeof jsonSchema>[0]) })];
    }),
  );
  return {
    model,
    ...studio,
    messages: studio.messages.map(asMessage),
    ...(ask.tools.length > 0 ? { tools, toolChoice: ask.mayCall ? "auto" : "none" } : {}),
    maxOutputTokens: ask.maxTokens,
    maxRetries: 0,
    abortSignal,
  };
}

function asMessage(message: Message): ModelMessage {
  switch (message.by) {
    case "studio":
      return { role: "system", content: message.text };
    case "flow":
      return { role: "user", content: message.text };
    case "model": {
      const text = message.text === "" ? [] : [{ type: "text", text: message.text } as const];
      const calls = message.calls.map(
        ({ id, tool, input }) => ({ type: "tool-call", toolCallId: id, toolName: tool, input }) as const,
      );
      return { role: "assistant", content: [...text, ...calls] };
    }
    default: {
      const { call, tool, text } = message;
      const result = { type: "tool-result", toolCallId: call, toolName: tool } as const;
      return { role: "tool", content: [{ ...result, output: { type: "text", value: text } }] };
    }
  }
}

async function whole(settings: Settings): Promise<Answered> {
  const { text, toolCalls, rawFinishReason, usage } = await generateText(settings);
  return { text, calls: toolCalls, ended: rawFinishReason, usage };
}

/** Whatever comes is passed on at once; an error on the way is an error of the whole. */
async function streamed(settings: Settings, hear: (report: Report) => void): Promise<Answered> {
  const { fullStream } = streamText({ ...settings, onError: () => undefined } as Parameters<typeof streamText>[0]);
  const answered: Answered = { text: "", calls: [], ended: undefined, usage: {} };
  for await (const part of fullStream) {
    if (part.type === "error") throw part.error;
    if (part.type === "text-delta") {
      answered.text += part.text;
      hear({ delta: part.text });
    }
    if (part.type === "tool-call") answered.calls = [...answered.calls, part];
    if (part.type === "finish-step") Object.assign(answered, { ended: part.rawFinishReason, usage: part.usage });
  }
  return answered;
}
