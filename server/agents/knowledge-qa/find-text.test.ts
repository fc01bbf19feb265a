import fc from "fast-check";
import { expect, test } from "vitest";
import { collapse, type Letters, placeIn } from "./find-text";
import { locate } from "./quotes";

/** A text that counts how often it is looked at. */
function counting(text: string): Letters & { looks: number } {
  return {
    length: text.length,
    looks: 0,
    charCodeAt(place) {
      this.looks++;
      return text.charCodeAt(place);
    },
  };
}

test("what repeats itself without end is looked through in steps that grow with its length alone", () => {
  const text = "a ".repeat(100_000);
  for (const wanted of [`${"a ".repeat(999)}b`, `b ${"a ".repeat(998)}a`, `${"a ".repeat(500)}b${" a".repeat(499)}`]) {
    const [document, quote] = [counting(text), counting(wanted)];
    expect(placeIn(document, quote)).toBe(-1);
    expect(document.looks).toBeLessThanOrEqual(text.length);
    expect(quote.looks).toBeLessThanOrEqual(4 * (text.length + wanted.length));
  }
});

test("it finds what indexOf finds", () => {
  const text = (maxLength: number) => fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength });
  fc.assert(
    fc.property(text(60), text(6), (whole, part) => {
      expect(placeIn(whole, part)).toBe(whole.indexOf(part));
    }),
  );
});

test("a collapsed text knows where each of its letters stood", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "😀", " ", "\n", "\t", "\u00a0"), maxLength: 60 });
  fc.assert(
    fc.property(text, (whole) => {
      const { text: collapsed, from } = collapse(whole);
      expect(collapsed).toBe(whole.replaceAll(/\s+/g, " "));
      for (let place = 0; place < collapsed.length; place++) {
        const letter = whole[from[place] ?? -1];
        expect(collapsed[place] === " " ? letter?.trim() : letter).toBe(collapsed[place]?.trim());
      }
    }),
  );
});

test("a quote is where a search that lets white space differ finds it", () => {
  const unit = fc.constantFrom("a", "b", "(", ".", " ", "\n", "\u00a0");
  const texts = fc.tuple(fc.string({ unit, maxLength: 60 }), fc.string({ unit, minLength: 3, maxLength: 6 }));
  fc.assert(
    fc.property(texts, ([text, said]) => {
      const wanted = said.trim();
      fc.pre(wanted.length >= 3);
      const words = wanted.split(/\s+/).map((word) => word.replaceAll(/[.(]/g, "\\$&"));
      const start = text.includes(wanted) ? text.indexOf(wanted) : text.search(new RegExp(words.join("\\s+")));
      const found = locate(said, { document: 0, source: { title: "t", text } });
      expect(found?.start ?? -1).toBe(start);
      if (found) expect(found.quote.split(/\s+/)).toEqual(wanted.split(/\s+/));
    }),
    { numRuns: 1_000 },
  );
});
