import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ModelReply, ModelsError } from "@/flows/ports/models";

/** What the library has heard. `ended` is the server's own word for why it stopped. */
export type Answered = {
  text: string;
  calls: readonly { toolCallId: string; toolName: string; input: unknown }[];
  ended: string | undefined;
  usage: { inputTokens?: number | undefined; outputTokens?: number | undefined };
};

const DEEPEST = 64; // deeper values would exhaust the stack of whoever walks them

/** An answer that does not say that it is over has broken off, and counts for nothing. */
export function replyFrom({ text, calls, ended, usage }: Answered): Result<ModelReply, ModelsError> {
  if (ended === "content_filter")
    return err({ code: "model_refused", reason: "The model's server has held its answer back." });
  if (!ended) return err({ code: "outcome_unknown", reason: "the answer broke off" });
  return ok({
    text,
    calls: calls.map(({ toolCallId, toolName, input }) => ({ id: toolCallId, tool: toolName, input: asJson(input) })),
    cut: ended === "length",
    tokens: tokensOf(usage),
  });
}

function asJson(input: unknown): Json {
  return deeperThan(DEEPEST, input) ? "It nests too deep to be read." : ((input ?? null) as Json);
}

/** Counted level by level: recursion is what a hostile depth would exhaust. */
function deeperThan(limit: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}

function tokensOf({ inputTokens, outputTokens }: Answered["usage"]): ModelReply["tokens"] {
  const [input, output] = [inputTokens, outputTokens];
  const counts = (value: number | undefined): value is number => Number.isSafeInteger(value) && (value ?? -1) >= 0;
  return counts(input) && counts(output) ? { input, output } : null;
}
