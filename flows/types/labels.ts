import { err, ok, type Result } from "../basics/result";
import type { JsonSchema } from "./json-schema";
import { readSchema } from "./read-schema";
import { ANY, type SchemaNode } from "./schema-node";
import { STUDIO_TYPES, type StudioType } from "./studio-type";

/** What follows a value wherever it goes. `unknown` is a label that this studio does not know: it goes nowhere. */
export type Label = Exclude<StudioType, "file"> | "unknown";

/** Why a value may not go somewhere, and at which place of it (a JSON pointer; "*" stands for any). */
export type LabelFault =
  | { code: "label_unknown"; at: string }
  | { code: "money_mixed"; at: string }
  | { code: "secret_exposed"; at: string }
  | { code: "labels_unclear" };

const ORDER: readonly Label[] = [...STUDIO_TYPES.filter((type) => type !== "file"), "unknown"];

/** Every label that a value of this schema may carry, at any depth. What cannot be read carries "unknown". */
export function labelsOf(schema: JsonSchema): readonly Label[] {
  const read = readSchema(schema);
  return read.ok ? labelsBelow(read.value.node()) : ["unknown"];
}

/** What a step's answer carries: its own labels, and personal data once any came in, for an agent may repeat it. */
export function labelsAfter(incoming: Iterable<Label>, output: JsonSchema): readonly Label[] {
  const carried = [...incoming].filter((label) => label === "personal" || label === "unknown");
  return inOrder([...labelsOf(output), ...carried]);
}

/**
 * Whether the labels of what comes fit what is declared where it goes: a secret only into a declared secret, money only
 * into money or into what asks for nothing, and nothing else into money. Answers with the labels that travel along. [T5]
 */
export function labelsFlow(from: JsonSchema, to: JsonSchema): Result<readonly Label[], readonly LabelFault[]> {
  const [source, target] = [readSchema(from), readSchema(to)];
  if (!source.ok || !target.ok) return err([{ code: "labels_unclear" }]);
  const [giver, taker] = [source.value.node(), target.value.node()];
  const carried = labelsBelow(giver);
  if (carried.length === 0 && labelsBelow(taker).length === 0) return ok([]);
  const walk: Walk = { faults: new Map(), left: MOST_PLACES };
  compare({ giver, taker, at: "" }, walk);
  if (walk.left <= 0) return err([{ code: "labels_unclear" }]);
  return walk.faults.size > 0 ? err([...walk.faults.values()]) : ok(carried);
}

const MOST_PLACES = 5_000;

type Walk = { readonly faults: Map<string, LabelFault>; left: number };
type Place = { readonly giver: SchemaNode; readonly taker: SchemaNode; readonly at: string };

function compare(place: Place, walk: Walk): void {
  const { giver, taker, at } = place;
  walk.left -= 1;
  if (walk.left <= 0 || giver.types.size === 0) return;
  const [gives, takes] = [mayBe(giver), mayBe(taker)];
  const report = (code: Exclude<LabelFault["code"], "labels_unclear">) =>
    walk.faults.set(`${code} ${at}`, { code, at });
  if (gives.has("unknown") || takes.has("unknown")) report("label_unknown");
  if (gives.has("secret") && !mustBe(taker, "secret")) report("secret_exposed");
  if (gives.has("money") && !mustBe(taker, "money") && !asksNothing(taker)) report("money_mixed");
  else if (takes.has("money") && !mustBe(giver, "money")) report("money_mixed");
  const silent = labelsBelow(giver).length === 0 && labelsBelow(taker).length === 0;
  if (silent || mustBe(taker, "secret")) return;
  for (const part of partsOf(place)) compare(part, walk);
}

function* partsOf({ giver, taker, at }: Place): Generator<Place> {
  if (canBe(giver, "object") && canBe(taker, "object")) {
    const names = new Set([...namesIn(giver), ...namesIn(taker)]);
    for (const name of [...names, null])
      yield { giver: propertyOf(giver, name), taker: propertyOf(taker, name), at: `${at}/${name ?? "*"}` };
  }
  if (canBe(giver, "array") && canBe(taker, "array")) {
    const longest = Math.max(prefixOf(giver), prefixOf(taker));
    for (let item = 0; item <= longest; item++)
      yield { giver: itemOf(giver, item), taker: itemOf(taker, item), at: `${at}/${item < longest ? item : "*"}` };
  }
}

/** Labels that a value at this very place may have: one alternative is enough. */
function mayBe(node: SchemaNode): ReadonlySet<Label> {
  const own = node.label === null || node.label === "file" ? [] : [node.label];
  const buried = [...node.buried].filter((label) => label !== "file");
  return new Set([...own, ...buried, ...node.groups.flat().flatMap((choice) => [...mayBe(choice)])]);
}

/** Whether every value at this place is declared so: each alternative must say it. */
function mustBe(node: SchemaNode, label: Label): boolean {
  return node.label === label || node.groups.some((group) => group.every((choice) => mustBe(choice, label)));
}

function asksNothing(node: SchemaNode): boolean {
  return node.free && node.label === null && node.groups.every((group) => group.some(asksNothing));
}

function canBe(node: SchemaNode, type: "array" | "object"): boolean {
  return node.types.has(type) && node.groups.every((group) => group.some((choice) => canBe(choice, type)));
}

function namesIn(node: SchemaNode): string[] {
  return [...node.properties.keys(), ...node.groups.flat().flatMap(namesIn)];
}

function prefixOf(node: SchemaNode): number {
  return Math.max(node.prefix.length, ...node.groups.flat().map(prefixOf));
}

function propertyOf(node: SchemaNode, name: string | null): SchemaNode {
  const own = (name === null ? undefined : node.properties.get(name)) ?? node.additional ?? ANY;
  return below(own, node, (choice) => propertyOf(choice, name));
}

function itemOf(node: SchemaNode, place: number): SchemaNode {
  const own = (place < node.prefix.length ? node.prefix[place] : node.rest) ?? ANY;
  return below(own, node, (choice) => itemOf(choice, place));
}

/** What is known of a part of a value: what the schema says of it, and what each of its alternatives says. */
function below(own: SchemaNode, { groups }: SchemaNode, partOf: (choice: SchemaNode) => SchemaNode): SchemaNode {
  if (groups.length === 0) return own;
  const choices = groups.map((group) => group.map(partOf));
  return { ...ANY, types: own.types, groups: own === ANY ? choices : [[own], ...choices] };
}

function labelsBelow(root: SchemaNode): readonly Label[] {
  const seen = new Set<SchemaNode>();
  const todo = [root];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const parts = [...node.prefix, ...node.properties.values(), ...node.groups.flat(), node.rest, node.additional];
    todo.push(...parts.filter((part) => part !== null));
  }
  return inOrder([...seen].flatMap((node) => [...(node.label ? [node.label] : []), ...node.buried]));
}

function inOrder(labels: readonly (Label | StudioType)[]): readonly Label[] {
  return ORDER.filter((label) => labels.includes(label));
}
