import { composed, partWith } from "../types/composed";
import type { Expression } from "./expression";
import { childrenOf, readText, type Tree, typeOfTree } from "./library";
import { itemsOf, propertyOf, type Schema } from "./schema";
import { schemaOfType } from "./schema-of-type";

/**
 * The schema of what an accepted expression gives as JSON: every answer that it can have fits. A part of a variable keeps
 * what its schema says of it; an object that is written out has exactly its keys; otherwise the type decides. [E10]
 */
export function schemaOfResult({ tree, type, text, environment }: Expression): Schema {
  return schemaOf(tree, { type, text, environment });
}

/** `type` is that of the node where it is known already. */
type Around = Pick<Expression, "environment" | "text"> & { type: string | null };

function schemaOf(node: Tree, around: Around): Schema {
  const { schemas } = around.environment;
  const path = pathOf(node, schemas);
  if (path) return partWith(path.root, path.part);
  switch (node.op) {
    case "value":
      return literalSchema(node.args) ?? byType(node, around);
    case "map":
      return objectSchema(node, around);
    case "?:":
      return eitherSchema(node, around);
    default:
      return byType(node, around);
  }
}

/** A part is checked as a text of its own; where its brackets do not end up in it, nothing is known. */
function byType(node: Tree, { type, text, environment }: Around): Schema {
  if (type !== null) return trusted(node, schemaOfType(type, environment.schemas));
  const part = readText(text.slice(node.start, node.end), environment.library);
  const checked = part.ok ? typeOfTree(part.value, environment.library) : part;
  return checked.ok ? trusted(node, schemaOfType(checked.value, environment.schemas)) : true;
}

/**
 * The checker takes a list of anything that is added to a list of texts for a list of texts. So what is added up must be no
 * list, or what comes of it is not known.
 */
function trusted(node: Tree, schema: Schema): Schema {
  const holdsParts = typeof schema === "object" && (schema.type === "array" || schema.type === "object");
  return holdsParts && addsLists(node) ? true : schema;
}

function addsLists(node: Tree): boolean {
  const isOpen = node.op === "+" && !node.args.some((part) => part.op === "value");
  return isOpen || childrenOf(node).some(addsLists);
}

type Path = { root: Schema; part: Schema };

/** `value.person.name`, `value["name"]`, `value.list[0]`: the schema at that place of the variable's own. */
function pathOf(node: Tree, variables: ReadonlyMap<string, Schema>): Path | null {
  if (node.op === "id") {
    const root = variables.get(node.args);
    return root === undefined ? null : { root, part: root };
  }
  if (node.op !== "." && node.op !== "[]") return null;
  const from = pathOf(node.args[0], variables);
  if (from === null) return null;
  const key = node.op === "." ? node.args[1] : node.args[1].op === "value" ? node.args[1].args : null;
  if (typeof key === "string") return { root: from.root, part: propertyOf(from.part, key) };
  return { root: from.root, part: node.op === "[]" && typeof key === "bigint" ? itemsOf(from.part) : true };
}

function literalSchema(value: unknown): Schema | null {
  if (typeof value === "string") return { type: "string", const: value };
  if (typeof value === "boolean") return { type: "boolean", const: value };
  if (typeof value === "number" && Number.isFinite(value)) return { type: "number", const: value };
  return typeof value === "bigint" && Number.isSafeInteger(Number(value))
    ? { type: "integer", const: Number(value) }
    : null;
}

/** Each key is a text that is written out, or else nothing is known of the object but its type. */
function objectSchema(node: Extract<Tree, { op: "map" }>, around: Around): Schema {
  const keys = node.args.map(([key]) => (key.op === "value" && typeof key.args === "string" ? key.args : null));
  if (keys.length === 0 || keys.includes(null) || keys.includes("__proto__")) return byType(node, around);
  const parts = node.args.map(([, value]) => schemaOf(value, { ...around, type: null }));
  if (parts.includes(true)) return true;
  return composed(parts, (parts) => ({
    type: "object",
    properties: Object.fromEntries(keys.map((key, place) => [key ?? "", parts[place]])),
    required: keys.map((key) => key ?? ""),
    additionalProperties: false,
  }));
}

function eitherSchema(node: Extract<Tree, { op: "?:" }>, around: Around): Schema {
  const [, yes, no] = node.args;
  const [first, second] = [schemaOf(yes, { ...around, type: null }), schemaOf(no, { ...around, type: null })];
  if (typeof first === "boolean" || typeof second === "boolean") return byType(node, around);
  if (first === second) return first;
  const type = typeof first.type === "string" && first.type === second.type ? { type: first.type } : {};
  return composed([first, second], (anyOf) => ({ ...type, anyOf }));
}
