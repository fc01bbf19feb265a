import { CALL_STEPS, functions, MACROS, ZONE_STEPS } from "./functions";
import { childrenOf, type Tree } from "./library";
import { LARGEST_PATTERN, matchSteps, patternOf } from "./pattern";
import { boundOf, itemsOf, propertyOf, type Schema } from "./schema";
import { Fault } from "./values";

/** How large a value can be: its characters or items, and how large what it holds can be. */
type Extent = { readonly kind: Kind; readonly size: number; readonly part: (name: string | null) => Extent };
type Kind = "one" | "text" | "many" | "unknown";
type Estimate = { readonly steps: number; readonly extent: Extent };
type Names = ReadonlyMap<string, Extent>;

// Where the schema says nothing. The run counts for itself, so a wrong guess ends in a typed failure and no more.
const UNKNOWN_SIZE = 100;
const unknown: Extent = { kind: "unknown", size: UNKNOWN_SIZE, part: () => unknown };
const single: Extent = { kind: "one", size: 1, part: () => unknown };
const textOf = (size: number): Extent => ({ kind: "text", size, part: () => unknown });
const manyOf = (size: number, part: Extent): Extent => ({ kind: "many", size, part: () => part });

/** The most steps that an expression takes when every value keeps to the bounds of its schema. [E3] */
export function stepsOf(tree: Tree, schemas: ReadonlyMap<string, Schema>): number {
  const names = new Map([...schemas].map(([name, schema]) => [name, extentOf(schema)]));
  return estimate(tree, names).steps;
}

/** How deep all, exists, map and filter stand inside one another. One after the other is not inside. [E3] */
export function nestingOf(node: Tree): number {
  if (node.op === "rcall" && MACROS.has(node.args[0])) {
    const [, range, inside] = node.args;
    return Math.max(nestingOf(range), 1 + deepest(inside));
  }
  return deepest(childrenOf(node));
}

function deepest(nodes: readonly Tree[]): number {
  return nodes.reduce((most, node) => Math.max(most, nestingOf(node)), 0);
}

function extentOf(schema: Schema): Extent {
  const type = typeof schema === "object" ? schema.type : undefined;
  if (typeof type !== "string") return unknown;
  if (!["string", "array", "object"].includes(type)) return single;
  const bound = boundOf(schema) ?? UNKNOWN_SIZE;
  // maxLength counts code points; the work on a text is counted in the one or two units that each of them has.
  if (type === "string") return textOf(bound * 2);
  return {
    kind: "many",
    size: bound,
    part: (name) => extentOf(name === null ? itemsOf(schema) : propertyOf(schema, name)),
  };
}

function estimate(node: Tree, names: Names): Estimate {
  switch (node.op) {
    case "value":
      return { steps: 1, extent: typeof node.args === "string" ? textOf(node.args.length) : single };
    case "id":
      return { steps: 1, extent: names.get(node.args) ?? unknown };
    case ".": {
      const from = estimate(node.args[0], names);
      return { steps: 1 + from.steps, extent: from.extent.part(node.args[1]) };
    }
    case "[]": {
      const [from, key] = [estimate(node.args[0], names), estimate(node.args[1], names)];
      const name = node.args[1].op === "value" && typeof node.args[1].args === "string" ? node.args[1].args : null;
      return { steps: 1 + from.steps + key.steps, extent: from.extent.part(name) };
    }
    case "rcall":
      return MACROS.has(node.args[0]) ? estimateMacro(node.args, names) : estimateCall(node, names);
    case "?:": {
      const [condition, yes, no] = node.args.map((part) => estimate(part, names)) as [Estimate, Estimate, Estimate];
      return { steps: 1 + condition.steps + Math.max(yes.steps, no.steps), extent: larger([yes.extent, no.extent]) };
    }
    case "list":
    case "map":
      return estimateLiteral(node, names);
    default:
      return estimateCall(node, names);
  }
}

function estimateMacro([name, rangeNode, args]: readonly [string, Tree, Tree[]], names: Names): Estimate {
  const range = estimate(rangeNode, names);
  const [variable, ...bodies] = args;
  const item = range.extent.part(null);
  const inside = new Map(names).set(variable?.op === "id" ? variable.args : "", item);
  const parts = bodies.map((body) => estimate(body, inside));
  const turn = parts.reduce((sum, { steps }) => sum + steps, 1);
  const made = name === "map" ? parts.at(-1)?.extent : item;
  const extent = name === "map" || name === "filter" ? manyOf(range.extent.size, made ?? item) : single;
  return { steps: 1 + range.steps + range.extent.size * turn, extent };
}

function estimateLiteral(node: Tree, names: Names): Estimate {
  const parts = childrenOf(node).map((child) => estimate(child, names));
  const steps = parts.reduce((sum, part) => sum + part.steps, 1);
  return { steps, extent: manyOf(parts.length, larger(parts.map(({ extent }) => extent))) };
}

/** Operators look once at what they are given, functions up to four times at every text. */
function estimateCall(node: Tree, names: Names): Estimate {
  const parts = childrenOf(node).map((child) => estimate(child, names));
  const extents = parts.map(({ extent }) => extent);
  const inner = parts.reduce((sum, { steps }) => sum + steps, 4);
  const weight = extents.reduce((sum, extent) => sum + weightOf(extent, 6), 0);
  if (node.op !== "call" && node.op !== "rcall")
    return { steps: inner + weight, extent: node.op === "+" ? added(extents) : single };
  const [name] = node.args;
  const made = resultOf(name, extents);
  if (name === "matches") {
    const pattern = instructionsOf(childrenOf(node)[1]);
    return { steps: inner + weight + CALL_STEPS + matchSteps(extents[0]?.size ?? 0, pattern), extent: single };
  }
  const length = [...extents, made].reduce((sum, { kind, size }) => sum + (kind === "one" ? 1 : size), 0);
  const zone = name.startsWith("get") ? ZONE_STEPS : 0;
  return { steps: inner + weight + CALL_STEPS + zone + 4 * length, extent: made };
}

function added(extents: readonly Extent[]): Extent {
  const size = extents.reduce((sum, extent) => sum + extent.size, 0);
  const { kind, part } = larger(extents);
  return kind === "one" ? single : { kind, size, part };
}

const GIVES = new Map(functions.map(({ name, gives }) => [name, gives]));

function resultOf(name: string, extents: readonly Extent[]): Extent {
  const [first = single, second = single, third = single] = extents;
  if (name === "dyn") return first;
  if (name === "split") return manyOf(first.size, textOf(first.size));
  if (name === "join") return textOf(first.size * (first.part(null).size + second.size));
  // Replacing puts a text between all characters of another at worst.
  if (name === "replace") return textOf((first.size + 1) * (third.size + 1));
  // A number that becomes text has some 30 digits.
  return ["string", "bytes"].includes(GIVES.get(name) ?? "") ? textOf(Math.max(32, first.size * 3)) : single;
}

/** Everything in it, as far as equality would look. */
function weightOf({ kind, size, part }: Extent, depth: number): number {
  if (kind === "one") return 1;
  if (kind === "unknown") return 4;
  if (kind === "text") return 1 + (size >>> 5);
  return 1 + 2 * size * (depth === 0 ? 1 : 1 + weightOf(part(null), depth - 1));
}

const ORDER: readonly Kind[] = ["one", "text", "many", "unknown"];

function larger(extents: readonly Extent[]): Extent {
  const kind = ORDER[Math.max(0, ...extents.map((extent) => ORDER.indexOf(extent.kind)))] ?? "unknown";
  if (kind === "one" || kind === "unknown") return kind === "one" ? single : unknown;
  return {
    kind,
    size: Math.max(...extents.map(({ size }) => size)),
    part: (name) => larger(extents.filter((extent) => extent.kind === kind).map((extent) => extent.part(name))),
  };
}

function instructionsOf(pattern: Tree | undefined): number {
  if (pattern?.op !== "value" || typeof pattern.args !== "string") return LARGEST_PATTERN;
  const made = patternOf(pattern.args);
  return made instanceof Fault ? LARGEST_PATTERN : made.size;
}
