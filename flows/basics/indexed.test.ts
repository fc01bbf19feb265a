import fc from "fast-check";
import { expect, test } from "vitest";
import { at, indexedFrom, toArray, withChanges } from "./indexed";

test("changes give what they would give on an array, and the old list keeps its values", () => {
  const lists = fc.array(fc.integer(), { minLength: 1, maxLength: 3_000 });
  fc.assert(
    fc.property(lists, fc.array(fc.tuple(fc.nat(), fc.integer())), (values, writes) => {
      const list = indexedFrom(values);
      const changes = new Map(writes.map(([place, value]) => [place % values.length, value]));
      const expected = values.map((value, place) => changes.get(place) ?? value);
      expect(toArray(withChanges(list, changes))).toEqual(expected);
      expect(toArray(list)).toEqual(values);
    }),
  );
});

test("a place outside the list is a bug and throws", () => {
  expect(() => at(indexedFrom([1, 2]), 2)).toThrow(RangeError);
  expect(() => at(indexedFrom([]), 0)).toThrow(RangeError);
});
