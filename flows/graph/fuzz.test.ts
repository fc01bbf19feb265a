import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzing } from "../basics/fuzzing.contract";
import { brokenDocuments, randomDocuments } from "./random-documents.contract";
import { readDocument } from "./read-document";
import { writeDocument } from "./write-document";

/** Bits of text that a reader of JSON, or of flows, could stumble over. */
const SPLINTERS = [
  ...'{ } [ ] , : " \\ \\u \\ud800 \\u0000 - 0 1e999 9007199254740993 .5 01 NaN null true // \ufeff \u2028'.split(" "),
  ...['"__proto__":', '"constructor":', '"parent":"a"', '"id":"a"', '"version":', "1,", "2", "[".repeat(70), "{}"],
];

const splinters = fc.array(
  fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 12 }),
    put: fc.oneof(fc.constantFrom(...SPLINTERS), fc.string({ maxLength: 4 })),
  }),
  { minLength: 1, maxLength: 4 },
);
const splintered = fc.tuple(randomDocuments.map(writeDocument), splinters).map(([text, blows]) =>
  blows.reduce((now, { at, cut, put }) => {
    const place = at % (now.length + 1);
    return now.slice(0, place) + put + now.slice(place + cut);
  }, text),
);

test("[G6] any text ends in a document that is written and read as it was, or in typed faults", () => {
  const texts = fc.oneof(
    splintered,
    brokenDocuments.map((document) => JSON.stringify(document)),
    fc.json(),
    fc.string(),
  );
  fuzzing(texts, (text) => {
    const read = readDocument(text);
    if (read.ok) {
      const { document } = read.value;
      expect(readDocument(writeDocument(document))).toEqual({ ok: true, value: { document, migratedFrom: null } });
      return;
    }
    expect(read.error.length).toBeGreaterThan(0);
    expect(read.error.length).toBeLessThanOrEqual(20);
    for (const { code, at, message, fix } of read.error) {
      expect(code).toMatch(/^[a-z_]+$/);
      expect(at).toMatch(/^(\/([^~/]|~[01])*)*$/s);
      expect(message.length).toBeLessThan(300);
      expect(fix.length).toBeGreaterThan(0);
    }
  });
});
