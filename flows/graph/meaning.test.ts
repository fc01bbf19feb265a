import fc from "fast-check";
import { expect, test } from "vitest";
import { Wire } from "./graph";
import { meaningOf, wiresInOrder } from "./meaning";
import { randomDocuments } from "./random-documents.contract";
import { wireKey } from "./wire-key";

const shuffled = <T>(parts: readonly T[], keys: readonly number[]) =>
  parts
    .map((part, index) => [keys[index % keys.length] ?? 0, part] as const)
    .sort(([a], [b]) => a - b)
    .map(([, part]) => part);

test("[G7] the order of drawing and the titles do not belong to what a flow means", () => {
  const orders = fc.array(fc.integer(), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(randomDocuments, orders, fc.string(), ({ nodes, wires }, order, title) => {
      const drawnAnew = {
        nodes: shuffled(nodes, order).map((node) => ({ ...node, title })),
        wires: shuffled(wires, order),
      };
      expect(JSON.stringify(meaningOf(drawnAnew))).toBe(JSON.stringify(meaningOf({ nodes, wires })));
    }),
  );
});

test("[G7] where a node lies, what kind it is and how it is set and wired belong to it", () => {
  fc.assert(
    fc.property(randomDocuments, ({ nodes, wires }) => {
      const meant = JSON.stringify(meaningOf({ nodes, wires }));
      const [first, ...rest] = nodes;
      fc.pre(first !== undefined);
      const others = [
        { ...first, kind: `${first.kind}x` },
        { ...first, settings: { ...first.settings, another: 1 } },
        { ...first, parent: first.parent === undefined ? first.id : undefined },
      ];
      for (const other of others)
        expect(JSON.stringify(meaningOf({ nodes: [other, ...rest], wires } as never))).not.toBe(meant);
      if (wires.length > 0) expect(JSON.stringify(meaningOf({ nodes, wires: wires.slice(1) }))).not.toBe(meant);
    }),
  );
});

test("[G7] ports whose names hold slashes and arrows are told apart, whatever order they come in", () => {
  type Ends = readonly [from: string, output: string, to: string, input: string];
  const wire = (...[from, output, to, input]: Ends) =>
    Wire.parse({ from: { node: from, output }, to: { node: to, input } });
  const alike = [
    [wire("a", "o", "t", "i"), wire("b", "o", "t", "i")],
    [wire("a", "o", "t", "i"), wire("a", "p", "t", "i")],
    [wire("z", "o", "t", "x/y"), wire("y", "z/o", "t", "x")],
    [wire("a", "p>b/q", "c", "i"), wire("a", "p", "b", "q>c/i")],
    [wire("a", "b/1/c", "d", "e"), wire("a", "b", "d", "1/c/e")],
  ] as const;
  for (const [one, other] of alike) {
    expect(wireKey(one)).not.toBe(wireKey(other));
    expect(wiresInOrder([one, other])).toEqual(wiresInOrder([other, one]));
  }
});
