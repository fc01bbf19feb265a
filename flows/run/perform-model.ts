import type { OperationId } from "../basics/ids";
import type { Json } from "../basics/json";
import { unreachable } from "../basics/unreachable";
import { ANSWERS, EARLIER, type Model } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { priceOf } from "../plan/rates";
import type { ModelsError } from "../ports/models";
import type { Ports } from "../ports/ports";
import { validate } from "../types/validate";
import { type Refusal, schemaAt, textOf } from "./decide";
import type { Answer } from "./events";
import { formOf, turnFrom } from "./model-reply";
import { conversationFor, type SoFar, tokensOf, withAnswers } from "./model-turn";

/** A plan may ask a model once, without turns around it. */
const NOTHING_YET: SoFar = { number: 0, calls: 0, history: [] };

type Given = Readonly<Record<string, Json>>;
type Turn = { operation: OperationId; instruction: Model; given: Given };

/**
 * Asks a model once: what it is asked is made of the plan and of what the step takes, what it answers is read by the plan.
 * It is paid by its tokens, at the rates of the plan and, as everybody, at most its cap. [M6]
 */
export async function askModel(
  plan: Plan,
  { operation, instruction, given }: Turn,
  ports: Pick<Ports, "models" | "progress" | "values">,
): Promise<Answer> {
  const { [EARLIER]: earlier, [ANSWERS]: answers, ...inputs } = given;
  const prompt = textOf(plan, { text: instruction.prompt, reads: instruction.reads }, inputs);
  if (!prompt.ok) return refused(operation, prompt.error);
  const soFar = withAnswers((earlier ?? NOTHING_YET) as SoFar, Array.isArray(answers) ? answers : []);
  const tools = instruction.tools.map((tool) => ({ ...tool, input: schemaAt(plan, tool.input) }));
  const form = formOf(schemaAt(plan, instruction.answer));
  const conversation = conversationFor(instruction, { prompt: prompt.value, form, tools, soFar });
  if (!conversation) return refused(operation, tooLong(instruction));

  const { messages, mayCall } = conversation;
  const { model, deadlineMs, limits, rates } = instruction;
  const telling = ports.progress.open(operation);
  const ask = { operation, model, messages, tools, mayCall, maxTokens: limits.tokens, deadlineMs };
  const asked = await ports.models.ask(ask, telling.tell).finally(telling.close);
  if (!asked.ok) return notAnswered(operation, asked.error);

  const reply = asked.value;
  const turn = turnFrom(plan, instruction, { soFar, conversation, tools, reply });
  if (!turn.ok) return refused(operation, turn.error);
  const good = validate(schemaAt(plan, instruction.output), turn.value);
  if (!good.ok)
    return refused(operation, { code: "output_invalid", reason: `${good.error.at} ${good.error.problem}`.trim() });
  const tokens = reply.tokens ?? tokensOf({ messages, tools }, reply);
  const detail = {
    model,
    turn: `${soFar.number + 1} of ${limits.turns}`,
    tokens: `${tokens.input} read, ${tokens.output} written${reply.tokens ? "" : ", as we count them"}`,
  };
  const output = await ports.values.put(turn.value);
  return { type: "call_delivered", operation, output, price: priceOf(rates, tokens), detail };
}

function tooLong({ limits }: Model): Refusal {
  const reason = `What it is asked does not fit into the ${limits.window} tokens that it reads.`;
  return { code: "prompt_too_long", reason };
}

/** A lost answer is asked for again under the same id, until the deadline: a model that is asked again changes nothing. */
function notAnswered(operation: OperationId, error: ModelsError): Answer {
  switch (error.code) {
    case "model_refused":
    case "model_unavailable":
      return refused(operation, error);
    case "model_unreachable":
    case "outcome_unknown":
      return { type: "outcome_lost", operation };
    default:
      return unreachable(error);
  }
}

function refused(operation: OperationId, { code, reason }: Refusal): Answer {
  return { type: "effect_refused", operation, code, reason };
}
