import fc from "fast-check";
import { expect, test } from "vitest";
import { at, emptySparse, entriesOf, withChanges } from "./sparse";

const SIZE = 70_000;

test("changes give what they would give on a map, and the old list keeps its values", () => {
  const write = fc.tuple(fc.nat(SIZE - 1), fc.option(fc.integer(), { nil: undefined }));
  fc.assert(
    fc.property(fc.array(write), fc.array(write), fc.tuple(fc.nat(SIZE), fc.nat(SIZE)), (first, second, range) => {
      const before = withChanges(emptySparse<number>(SIZE), new Map(first));
      const kept = entriesOf(before);
      const after = withChanges(before, new Map(second));
      const expected = new Map([...first, ...second]);
      for (const [place, value] of expected) expect(at(after, place)).toBe(value);
      const [from, to] = [Math.min(...range), Math.max(...range)];
      const inOrder = [...expected].filter(([place, value]) => value !== undefined && place >= from && place < to);
      expect(entriesOf(after, from, to)).toEqual(inOrder.sort(([x], [y]) => x - y));
      expect(entriesOf(before)).toEqual(kept);
    }),
  );
});

test("what was dropped takes no room", () => {
  const filled = withChanges(emptySparse<number>(SIZE), new Map(Array.from({ length: 500 }, (_, i) => [i * 100, i])));
  const dropped = withChanges(filled, new Map(entriesOf(filled).map(([place]) => [place, undefined])));
  expect(dropped.root).toBeUndefined();
});

test("a place outside the list is a bug and throws", () => {
  expect(() => at(emptySparse(2), 2)).toThrow(RangeError);
  expect(() => at(emptySparse(0), 0)).toThrow(RangeError);
  expect(() => emptySparse(2 ** 31)).toThrow(RangeError);
});
