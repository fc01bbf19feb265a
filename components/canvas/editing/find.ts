import type { NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";

type Path = readonly (string | number)[];

/** One place where the words stand: in a title, where `path` is empty, or in a setting, whose field `path` begins with. */
export type Hit = { node: NodeId; path: Path; at: number; text: string };

export type Wanted = { words: string; exactCase: boolean };

/** Every place where words stand in titles and settings, in the order of drawing. Names of fields are not searched. */
export function findWords({ nodes }: Pick<FlowDocument, "nodes">, wanted: Wanted): readonly Hit[] {
  if (wanted.words === "") return [];
  return nodes.flatMap((node) =>
    textsOf(node).flatMap(({ path, text }) =>
      placesIn(text, wanted).map((at): Hit => ({ node: node.id, path, at, text })),
    ),
  );
}

/** The edits that put other words in those places; several in one field are one edit. */
export function replaceEdits(
  { nodes }: Pick<FlowDocument, "nodes">,
  hits: readonly Hit[],
  { words, by }: { words: string; by: string },
): readonly FlowEdit[] {
  const byField = new Map<string, Hit[]>();
  for (const hit of hits) {
    const key = JSON.stringify([hit.node, hit.path[0] ?? null]);
    byField.set(key, [...(byField.get(key) ?? []), hit]);
  }
  return [...byField.values()].flatMap((own): FlowEdit[] => {
    const [first] = own;
    const node = nodes.find(({ id }) => id === first?.node);
    if (!first || !node) return [];
    const [field] = first.path;
    if (field === undefined)
      return [{ edit: "rename_node", node: node.id, title: replaced(node.title, own, { words, by }) }];
    const value = withTexts(node.settings[field] ?? null, own, { words, by });
    return [{ edit: "change_setting", node: node.id, field: String(field), value }];
  });
}

/** Where a hit lies, for people: `title`, or the names of fields down to it. */
export function placeOf({ path }: Hit): string {
  return path.length === 0
    ? "title"
    : path.map((step) => (typeof step === "number" ? `${step + 1}` : step)).join(" › ");
}

type Swap = { words: string; by: string };

function textsOf(node: FlowNode): readonly { path: Path; text: string }[] {
  const found: { path: Path; text: string }[] = [{ path: [], text: node.title }];
  const walk = (value: unknown, path: Path) => {
    if (typeof value === "string") found.push({ path, text: value });
    else if (Array.isArray(value)) for (const [place, each] of value.entries()) walk(each, [...path, place]);
    else if (value && typeof value === "object")
      for (const [name, each] of Object.entries(value)) walk(each, [...path, name]);
  };
  walk(node.settings, []);
  return found;
}

function placesIn(text: string, { words, exactCase }: Wanted): readonly number[] {
  const [hay, needle] = exactCase ? [text, words] : [text.toLowerCase(), words.toLowerCase()];
  // Some letters change their length with their case: then only what is written alike is found.
  if (hay.length !== text.length || needle.length !== words.length) return placesIn(text, { words, exactCase: true });
  const places: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) places.push(at);
  return places;
}

function replaced(text: string, hits: readonly Hit[], { words, by }: Swap): string {
  const fromEnd = [...hits].sort((a, b) => b.at - a.at);
  return fromEnd.reduce((now, { at }) => now.slice(0, at) + by + now.slice(at + words.length), text);
}

/** The value with its texts changed where the hits are; `depth` steps of their paths lead to it. */
function withTexts(value: Json, hits: readonly Hit[], swap: Swap & { depth?: number }): Json {
  const depth = swap.depth ?? 1;
  if (typeof value === "string") return replaced(value, hits, swap);
  const at = (step: string | number) => hits.filter(({ path }) => path[depth] === step);
  const next = (each: Json, step: string | number) => {
    const below = at(step);
    return below.length > 0 ? withTexts(each, below, { ...swap, depth: depth + 1 }) : each;
  };
  if (Array.isArray(value)) return value.map((each, place) => next(each, place));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, next(each, name)]));
}
