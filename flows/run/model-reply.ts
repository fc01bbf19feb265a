import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import type { Model } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import type { ModelCall, ModelReply, ModelTool } from "../ports/models";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { validate } from "../types/validate";
import { type Refusal, schemaAt } from "./decide";
import type { AskedFor, Conversation, SoFar } from "./model-turn";

type Heard = { soFar: SoFar; conversation: Conversation; tools: readonly ModelTool[]; reply: ModelReply };

/**
 * What a turn comes to. What the model asks for is held against its tools here: a tool that it made up, or an input that
 * does not fit, is told back to it and calls nobody. In the last turn it has to answer. [M2] [M4]
 */
export function turnFrom(plan: Plan, { answer, limits }: Model, heard: Heard): Result<Json, Refusal> {
  const { soFar, conversation, tools, reply } = heard;
  const number = soFar.number + 1;
  const left = conversation.mayCall ? limits.calls - soFar.calls : 0;
  const asked = conversation.mayCall ? judged(reply.calls, { tools, left }) : [];
  const calls = asked.filter(({ problem }) => problem === null).map(({ tool, input }) => ({ tool, input }));
  const counted = { number, calls: soFar.calls + calls.length };
  const past = { said: reply.text, asked, problem: null as string | null, answers: [] };
  if (asked.length > 0)
    return ok({ turn: { done: false, ...counted, history: [...conversation.seen, past] }, calls } as unknown as Json);
  const said = reply.cut
    ? err(`It was cut off: it may have ${limits.tokens} tokens at most. Answer more briefly.`)
    : answerIn(schemaAt(plan, answer), reply.text);
  if (said.ok) return ok({ turn: { done: true, ...counted, answer: said.value, history: [] }, calls: [] });
  if (number >= limits.turns) {
    const reason = `It came to no answer in ${limits.turns} turns. The last one: ${said.error}`;
    return err({ code: "turns_used_up", reason });
  }
  const told = { ...past, problem: `That cannot be taken as an answer. ${said.error}` };
  return ok({ turn: { done: false, ...counted, history: [...conversation.seen, told] }, calls: [] } as unknown as Json);
}

/** Each call with what speaks against it; null where nothing does. */
function judged(
  calls: readonly ModelCall[],
  { tools, left }: { tools: readonly ModelTool[]; left: number },
): AskedFor[] {
  let made = 0;
  return calls.slice(0, MOST_HEARD).map((call, place) => {
    const problem = made >= left ? "No call is left." : problemOf(call, tools);
    if (problem === null) made += 1;
    return { ...call, id: call.id === "" ? `call-${place}` : call.id, problem };
  });
}

/** What a model asks for beyond this is not even answered. */
const MOST_HEARD = 64;

function problemOf({ tool, input }: ModelCall, tools: readonly ModelTool[]): string | null {
  const known = tools.find(({ name }) => name === tool);
  if (!known) return "There is no such function.";
  const fits = validate(known.input, input);
  return fits.ok ? null : `Not called: its input${fits.error.at} ${fits.error.problem}`;
}

/** The words that tell a model in what form it has to answer. */
export function formOf(schema: JsonSchema): string {
  if (plainField(schema) !== null) return "Answer in plain text.";
  return `Answer with one JSON object and nothing else. It has to fit this JSON Schema: ${JSON.stringify(schema)}`;
}

function answerIn(schema: JsonSchema, text: string): Result<Json, string> {
  const field = plainField(schema);
  const found = field === null ? jsonIn(text) : { [field]: text.trim() };
  if (found === undefined) return err("It is no JSON.");
  const fits = validate(schema, found);
  return fits.ok ? ok(found) : err(`${fits.error.at} ${fits.error.problem}`.trim());
}

/** An answer of nothing but a text is that text: no model has to put it into JSON, and people can read along. */
function plainField(schema: JsonSchema): string | null {
  if (!isRecord(schema) || !isRecord(schema.properties)) return null;
  const [only, ...others] = Object.entries(schema.properties);
  if (!only || others.length > 0 || !isRecord(only[1])) return null;
  const [name, { type, title: _, description: __, ...more }] = only as [string, Record<string, unknown>];
  const plain = Object.entries(more).every(([keyword, says]) => keyword === "x-studio-type" || says === "text");
  return type === "string" && plain ? name : null;
}

/** The object in an answer, with or without words or a fence of Markdown around it. */
function jsonIn(text: string): Json | undefined {
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  try {
    return from === -1 || to < from ? undefined : JSON.parse(text.slice(from, to + 1));
  } catch {
    return undefined; // the model is told, and asked again
  }
}
