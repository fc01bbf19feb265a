import fc from "fast-check";
import { expect, test } from "vitest";
import { lineReader } from "./lines";

/** Any bytes, with newlines and letters of two to four bytes among them. */
const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom("\n", "\n\n", "é", "€", "😀", "\r\n", '{"delta":"é"}\n'),
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 4 }),
    ),
  )
  .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part as string))));

/** Where the network cuts is not ours to say: anywhere, in the middle of a letter too, and into nothing. */
const cuts = fc.array(fc.nat(200), { maxLength: 40 });

test("any chunking of the same bytes gives the same lines", () => {
  fc.assert(
    fc.property(bytes, cuts, (whole, at) => {
      const reader = lineReader();
      const places = [0, ...at.map((place) => Math.min(place, whole.length)).sort((a, b) => a - b), whole.length];
      const lines = places.slice(1).flatMap((place, index) => reader.take(whole.subarray(places[index], place)));
      const expected = splitWhole(whole);
      expect([...lines, reader.rest()]).toEqual(expected);
    }),
  );
});

test("a letter that is split over three chunks comes out whole", () => {
  const [first, second, third] = [...Buffer.from("€")].map((byte) => Buffer.from([byte]));
  const reader = lineReader();
  const lines = [first, second, third, Buffer.from("5\nrest")].flatMap((chunk) => reader.take(chunk as Buffer));
  expect([...lines, reader.rest()]).toEqual(["€5", "rest"]);
});

function splitWhole(whole: Buffer): string[] {
  const lines: string[] = [];
  let line: number[] = [];
  for (const byte of whole) {
    if (byte === 0x0a) {
      lines.push(Buffer.from(line).toString("utf8"));
      line = [];
    } else line.push(byte);
  }
  return [...lines, Buffer.from(line).toString("utf8")];
}
