import fc from "fast-check";
import { expect, test } from "vitest";
import { fileWords } from "./file-words";

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

test("a file is told by how it begins", () => {
  expect(fileWords(base64(Buffer.from("%PDF-1.7\n")))).toBe("PDF, 9 bytes");
  expect(fileWords(base64(Buffer.from("hello")))).toBe("File, 5 bytes");
  expect(fileWords(base64(Buffer.alloc(43_419)))).toBe("File, 43 kB");
  expect(fileWords(base64(Buffer.alloc(2_500_000)))).toBe("File, 2.5 MB");
});

test("a small file's size is told to the byte", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 900 }), (bytes) => {
      expect(fileWords(base64(bytes))).toContain(`, ${bytes.length} bytes`);
    }),
  );
});
