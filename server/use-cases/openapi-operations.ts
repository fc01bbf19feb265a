import { err, ok, type Result } from "@/flows/basics/result";
import { AgentManifest, type EffectClass } from "@/flows/types/agent-manifest";
import { isRecord } from "@/flows/types/json-schema";
import type { OpenApiOperation } from "@/flows/types/protocol";
import { cutLine, isKeepable, slugOf } from "./agent-words";
import { inputsOf, outputOf } from "./openapi-ports";
import { OpenApiShape, Operation, said } from "./openapi-shape";

export type OpenApiTerms = { publisher: string; effectOf(operation: string): EffectClass; deadlineMs: number };

/** An operation as an agent. `needs` are keys that the API asks for and that nothing here brings along. */
export type OperationAgent = {
  operation: string;
  manifest: AgentManifest;
  left: readonly string[];
  needs: readonly string[];
};
export type ReadApi = {
  title: string;
  /** The address that the document names, as it stands there: it may be relative, or nobody's. */
  address: string;
  agents: OperationAgent[];
  skipped: { operation: string; why: string }[];
};
export type OpenApiError = { code: "openapi_invalid"; problem: string };

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
const MOST_OPERATIONS = 500;

/**
 * The operations of a document as agents: free, and of the class that is said here and nowhere else, whatever their
 * method is. What cannot be called as it is described is left out, each with its reason.
 */
export function readOpenApi(document: unknown, terms: OpenApiTerms): Result<ReadApi, OpenApiError> {
  const read = OpenApiShape.safeParse(document);
  if (!read.success) {
    const [issue] = read.error.issues;
    return err({ code: "openapi_invalid", problem: `${issue?.path.join(".") || "the document"} ${issue?.message}` });
  }
  const { info, servers, paths } = read.data;
  const made: ReadApi = {
    title: cutLine(info.title, 60) || "An API",
    address: servers?.[0]?.url ?? "",
    agents: [],
    skipped: [],
  };
  const names = new Set<string>();
  for (const place of placesIn(document, paths).slice(0, MOST_OPERATIONS)) {
    const operation = `${place.method.toUpperCase()} ${place.path}`;
    const agent = agentOf({ document, title: made.title, names, ...place }, terms);
    if (agent.ok) made.agents.push({ operation, ...agent.value });
    else made.skipped.push({ operation, why: agent.error });
  }
  return ok(made);
}

function placesIn(document: unknown, paths: Readonly<Record<string, unknown>>) {
  return Object.entries(paths).flatMap(([path, given]) => {
    const item = said(document, given);
    if (!isRecord(item)) return [];
    return METHODS.filter((method) => Object.hasOwn(item, method)).map((method) => ({ path, method, item }));
  });
}

type Place = {
  document: unknown;
  path: string;
  method: (typeof METHODS)[number];
  item: { readonly [key: string]: unknown };
  title: string;
  names: Set<string>;
};

function agentOf(place: Place, terms: OpenApiTerms): Result<Omit<OperationAgent, "operation">, string> {
  const { document, path, method, item, title, names } = place;
  const read = Operation.safeParse(item[method]);
  if (!read.success) return err("it is not described as an operation is");
  const operation = read.data;
  if (operation.servers !== undefined || item.servers !== undefined) return err("it is answered at another address");
  const inputs = inputsOf(document, { operation, shared: item.parameters, path, method });
  if (!inputs.ok) return inputs;
  const output = outputOf(document, operation.responses);
  const name = freshName(slugOf(operation.operationId ?? `${method} ${path}`) || method, names);
  const manifest = AgentManifest.safeParse({
    agent: `${terms.publisher}/${name}@1.0.0`,
    title: cutLine(operation.summary ?? operation.operationId ?? `${method} ${path}`, 60) || "An operation",
    description: cutLine(operation.description ?? operation.summary ?? "", 280) || `An operation of ${title}.`,
    capabilities: ["api"],
    effect: terms.effectOf(`${method.toUpperCase()} ${path}`),
    price: { kind: "free" },
    deadlineMs: terms.deadlineMs,
    input: inputs.value.schema,
    output: output.schema,
    sends: [cutLine(`What is filled in, to ${title}`, 120)],
    protocol: {
      kind: "openapi",
      method,
      path,
      inputs: inputs.value.inputs,
      gives: output.gives,
    } satisfies OpenApiOperation,
  });
  if (!manifest.success || !isKeepable(manifest.data)) return err("what it says of itself cannot be kept");
  names.add(name);
  const left = [...new Set([...inputs.value.left, ...output.left])].sort();
  return ok({ manifest: manifest.data, left, needs: needsOf(document, operation) });
}

function freshName(slug: string, names: ReadonlySet<string>): string {
  let name = slug;
  for (let place = 2; names.has(name); place++) name = `${slug}-${place}`;
  return name;
}

function needsOf(document: unknown, { security }: Operation): string[] {
  const asked = security ?? (isRecord(document) && Array.isArray(document.security) ? document.security : []);
  const all = asked.map((choice: unknown) => (isRecord(choice) ? Object.keys(choice) : []));
  return all.some((names) => names.length === 0) ? [] : [...new Set(all.flat())].map((name) => cutLine(name, 60));
}
