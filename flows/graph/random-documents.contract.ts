import fc from "fast-check";
import type { Json } from "../basics/json";
import { FlowDocument } from "./graph";
import { VERSION } from "./migrate";
import { isPlainJson } from "./plain-json";

const ids = ["a", "b", "7", "toString", "node_with-a-long-id"];
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }).filter((said) => !said.includes("\0"));
const some = <T>(one: fc.Arbitrary<T>, count = ids.length) => fc.array(one, { minLength: count, maxLength: count });

const settings = fc
  .dictionary(fc.oneof(text, fc.constantFrom("schema", "2", "1")), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 4,
    noNullPrototype: true,
  })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json)
  .filter(isPlainJson);

const node = fc.record({
  kind: fc.constantFrom("agent", "map", "a kind of tomorrow"),
  title: text,
  settings,
  around: fc.option(fc.nat()),
});

/** The nodes and wires of a sound graph: every parent stands before its children, every wire is there once. */
const graph = fc
  .tuple(fc.subarray(ids), some(node), fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom("x", "y/z"), text)))
  .map(([names, looks, wires]) => {
    const nodes = names.map((id, index) => {
      const { around = null, ...look } = looks[index] ?? {};
      return { id, ...look, ...(around === null || index === 0 ? {} : { parent: names[around % index] }) };
    });
    const drawn = wires.map(([from, to, output, input]) => ({
      from: { node: names[from % names.length], output },
      to: { node: names[to % names.length], input },
    }));
    const once = new Map(drawn.map((wire) => [JSON.stringify(wire), wire]));
    return { nodes, wires: names.length > 0 ? [...once.values()] : [] };
  });

const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const place = fc.option(fc.record({ x: coordinate, y: coordinate }));
const pinned = fc.array(fc.tuple(fc.constantFrom("0", "a", "f"), graph), { maxLength: 2 });

/** Sound documents of this version, as the studio could have drawn them. */
export const randomDocuments: fc.Arbitrary<FlowDocument> = fc
  .tuple(graph, some(place), fc.option(pinned))
  .map(([{ nodes, wires }, places, flows]) => {
    const layout = nodes.flatMap(({ id }, index) => (places[index] ? [[id, places[index]] as const] : []));
    const digests = flows?.map(([digit, flow]) => [digit.repeat(64), flow] as const);
    return FlowDocument.parse({
      version: VERSION,
      nodes,
      wires,
      layout: Object.fromEntries(layout),
      ...(digests ? { flows: Object.fromEntries(digests) } : {}),
    });
  });

/** Documents with something in them changed: a part gone, doubled, renamed, or put where it does not belong. */
export const brokenDocuments: fc.Arbitrary<Json> = fc
  .tuple(
    randomDocuments,
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.jsonValue({ maxDepth: 1 })), { minLength: 1, maxLength: 3 }),
  )
  .map(([document, changes]) => {
    const broken = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
    for (const [where, how, value] of changes) change(broken, { where, how, value });
    return JSON.parse(JSON.stringify(broken)) as Json;
  });

type Change = { where: number; how: number; value: unknown };

function change(root: Record<string, unknown>, { where, how, value }: Change): void {
  const places = placesIn(root);
  const place = places[where % places.length];
  if (!place) return;
  const [holder, key] = place;
  const ways = [
    () => delete holder[key],
    () => (holder[key] = value),
    () => (holder[`${key}x`] = value),
    () => Array.isArray(holder) && holder.push(holder[0]),
  ];
  ways[how % ways.length]?.();
}

function placesIn(value: object): [Record<string, unknown>, string][] {
  return Object.entries(value).flatMap(([key, part]) => [
    [value as Record<string, unknown>, key],
    ...(typeof part === "object" && part !== null ? placesIn(part) : []),
  ]);
}
