import { err, ok, type Result } from "@/flows/basics/result";
import type { ObjectSchema } from "@/flows/types/agent-manifest";
import { isRecord } from "@/flows/types/json-schema";
import type { OpenApiOperation, OperationInput } from "@/flows/types/protocol";
import { usablePorts } from "@/flows/types/usable-ports";
import { answerSchemaOf, Body, jsonSchemaIn, type Operation, Parameter, said } from "./openapi-shape";

/** Headers that say how a message travels, or who sends it: what is filled in never sets one. */
const OURS =
  /^(accept|accept-encoding|authorization|connection|content-.*|cookie|expect|host|idempotency-key|keep-alive|origin|proxy-.*|referer|te|trailer|transfer-encoding|upgrade|via)$/i;

type Entry = { input: OperationInput; schema: unknown; required: boolean };
type Ports = { inputs: OperationInput[]; schema: ObjectSchema; left: readonly string[] };
type Given = { operation: Operation; shared: unknown; path: string; method: OpenApiOperation["method"] };

/** What an operation takes, as ports. Refused: what it cannot be called without and nothing here can bring to its place. */
export function inputsOf(document: unknown, { operation, shared, path, method }: Given): Result<Ports, string> {
  const parameters = parametersOf(document, [...(Array.isArray(shared) ? shared : []), ...operation.parameters]);
  if (!parameters.ok) return parameters;
  const entries: Entry[] = [];
  for (const parameter of parameters.value) {
    const why = unfit(parameter);
    if (why === null) entries.push(entryOf(parameter, entries));
    else if (parameter.required) return err(`its ${parameter.in} parameter "${parameter.name}" ${why}`);
  }
  const named = new Set(entries.filter(({ input }) => input.in === "path").map(({ input }) => input.name));
  const missing = [...path.matchAll(/\{([^{}]+)\}/g)].find(([, name]) => !named.has(name ?? ""));
  if (missing) return err(`nothing says what stands for ${missing[0]} in its path`);
  const body = method === "get" ? unsent(document, operation) : bodyEntries(document, operation.requestBody, entries);
  if (!body.ok) return body;
  const all = [...entries, ...body.value];
  const whole = {
    type: "object",
    properties: Object.fromEntries(all.map(({ input, schema }) => [input.port, schema ?? {}])),
    required: all.filter(({ required }) => required).map(({ input }) => input.port),
  };
  return ok({ inputs: all.map(({ input }) => input), ...usablePorts(whole, document) });
}

/** The later of two with one name and place counts, as the standard says. */
function parametersOf(document: unknown, given: readonly unknown[]): Result<Parameter[], string> {
  const known = new Map<string, Parameter>();
  for (const one of given) {
    const read = Parameter.safeParse(said(document, one));
    if (!read.success) return err("one of its parameters is not described as one is");
    known.set(`${read.data.in} ${read.data.name}`, read.data);
  }
  return ok([...known.values()]);
}

/** Why a parameter cannot be brought to its place; null when it can. */
function unfit({ name, in: place, schema, style }: Parameter): string | null {
  if (place === "cookie") return "is a cookie";
  if (place === "header" && (OURS.test(name) || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)))
    return "is not for callers to set";
  if (schema === undefined) return "is written in a way of its own";
  const usual = place === "query" ? "form" : "simple";
  if (style !== undefined && style !== usual) return `is written in the style "${style}"`;
  return name === "__proto__" ? "has a name that is not taken" : null;
}

function entryOf({ name, in: place, required, schema, explode }: Parameter, others: readonly Entry[]): Entry {
  const input = { port: freshPort(name, others), name, in: place as OperationInput["in"] };
  const joined = place === "query" && explode === false ? { joined: true as const } : {};
  return { input: { ...input, ...joined }, schema, required };
}

/** A question goes out without a body: whoever may leave it out is asked without, and else it is nothing to call. */
function unsent(document: unknown, { requestBody }: Operation): Result<Entry[], string> {
  const body = requestBody === undefined ? null : Body.safeParse(said(document, requestBody));
  return body && (body.data?.required ?? true) ? err("it is a question with a body, which cannot be sent") : ok([]);
}

/** The properties of an object are ports of their own; any other body is one. */
function bodyEntries(document: unknown, given: unknown, others: readonly Entry[]): Result<Entry[], string> {
  if (given === undefined) return ok([]);
  const body = Body.safeParse(said(document, given));
  const schema = body.success ? said(document, jsonSchemaIn(body.data.content)) : undefined;
  const isRequired = body.data?.required ?? true;
  if (schema === undefined) return isRequired ? err("its body is not JSON") : ok([]);
  const properties = isRecord(schema) && isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const isPlain =
    isRecord(schema) && !["allOf", "anyOf", "oneOf", "not", "if"].some((name) => Object.hasOwn(schema, name));
  const whole: Entry = {
    input: { port: freshPort("body", others), name: "", in: "body" },
    schema,
    required: isRequired,
  };
  const fits = properties.every(([name]) => name !== "" && name.length <= 100 && name !== "__proto__");
  if (!isPlain || properties.length === 0 || !fits) return ok([whole]);
  const required = isRequired && Array.isArray(schema.required) ? schema.required : [];
  const made: Entry[] = [];
  for (const [name, property] of properties) {
    const input: OperationInput = { port: freshPort(name, [...others, ...made]), name, in: "body" };
    made.push({ input, schema: property, required: required.includes(name) });
  }
  return ok(made);
}

function freshPort(name: string, others: readonly Entry[]): string {
  const taken = new Set(others.map(({ input }) => input.port));
  let port = name;
  for (let place = 2; taken.has(port); place++) port = `${name}_${place}`;
  return port;
}

type Gives = { gives: OpenApiOperation["gives"]; schema: ObjectSchema; left: readonly string[] };

/** What an operation gives: the object that it promises, another value as `result`, or the text that comes. */
export function outputOf(document: unknown, responses: Operation["responses"]): Gives {
  const schema = said(document, answerSchemaOf(document, responses));
  if (schema === undefined) {
    const properties = { status: { type: "integer" }, text: { type: "string" } };
    return { gives: "text", schema: { type: "object", properties, required: ["status", "text"] }, left: [] };
  }
  if (isRecord(schema) && schema.type === "object" && isRecord(schema.properties))
    return { gives: "object", ...usablePorts(schema, document) };
  const wrapped = { type: "object", properties: { result: schema }, required: ["result"] };
  return { gives: "result", ...usablePorts(wrapped, document) };
}
