import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import type { OpenApiOperation, OperationInput } from "@/flows/types/protocol";

export type Request = { url: URL; headers: Record<string, string>; body: string | null };
type Values = { readonly [port: string]: Json };
type Placed = { input: OperationInput; value: Json };

/** A call of an operation under an address. Refused: a value that would change where the call goes, or what it says. */
export function requestOf(base: string, operation: OpenApiOperation, given: Json): Result<Request, string> {
  const values = (typeof given === "object" && given !== null ? given : {}) as Values;
  const placed = operation.inputs.flatMap((input): Placed[] => {
    const value = Object.hasOwn(values, input.port) ? values[input.port] : undefined;
    return value === undefined ? [] : [{ input, value }];
  });
  const path = pathOf(operation.path, inPlace(placed, "path"));
  if (!path.ok) return path;
  const address = `${base.replace(/\/$/, "")}${path.value}`;
  if (!URL.canParse(address)) return err("its address cannot be called");
  const url = new URL(address);
  const query = queryOf(inPlace(placed, "query"));
  if (!query.ok) return query;
  for (const [name, value] of query.value) url.searchParams.append(name, value);
  const headers = headersOf(inPlace(placed, "header"));
  if (!headers.ok) return headers;
  const body = bodyOf(inPlace(placed, "body"));
  if (body !== null && operation.method === "get") return err("a question goes out without a body");
  return ok({ url, headers: headers.value, body });
}

const inPlace = (placed: readonly Placed[], place: OperationInput["in"]) =>
  placed.filter(({ input }) => input.in === place);

function pathOf(template: string, placed: readonly Placed[]): Result<string, string> {
  const values = new Map(placed.map(({ input, value }) => [input.name, textOf(value)]));
  let problem: string | null = null;
  const path = template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const text = values.get(name) ?? null;
    // A part that is empty, or made of dots, would lead to another place of the same server.
    if (text === null || /^\.*$/.test(text)) problem = `"${name}" cannot stand in its path`;
    return encodeURIComponent(text ?? "");
  });
  return problem === null ? ok(path) : err(problem);
}

function queryOf(placed: readonly Placed[]): Result<[string, string][], string> {
  const pairs: [string, string][] = [];
  for (const { input, value } of placed) {
    const texts = (Array.isArray(value) ? value : [value]).map(textOf);
    if (texts.some((text) => text === null)) return err(`"${input.port}" cannot stand in a query`);
    const all = texts as string[];
    for (const text of input.joined ? [all.join(",")] : all) pairs.push([input.name, text]);
  }
  return ok(pairs);
}

function headersOf(placed: readonly Placed[]): Result<Record<string, string>, string> {
  const headers: Record<string, string> = {};
  for (const { input, value } of placed) {
    const text = textOf(value);
    if (text === null || !/^[\x20-\x7e]*$/.test(text)) return err(`"${input.port}" cannot stand in a header`);
    headers[input.name] = text;
  }
  return ok(headers);
}

function bodyOf(placed: readonly Placed[]): string | null {
  if (placed.length === 0) return null;
  const whole = placed.find(({ input }) => input.name === "");
  return JSON.stringify(
    whole ? whole.value : Object.fromEntries(placed.map(({ input, value }) => [input.name, value])),
  );
}

/** Null for what has no one text, and for half of a character: no address and no header can carry that. */
function textOf(value: Json): string | null {
  if (typeof value === "string") return /\p{Cs}/u.test(value) ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}
