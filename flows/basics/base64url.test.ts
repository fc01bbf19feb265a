import fc from "fast-check";
import { expect, test } from "vitest";
import { base64url, bytesOfBase64url } from "./base64url";

test("bytes are written as everybody writes them, and read back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = base64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64url"));
      expect(bytesOfBase64url(text)).toEqual(Uint8Array.from(bytes));
    }),
  );
});

test("one text names one row of bytes: padding, other letters and bits that are left over name none", () => {
  expect(bytesOfBase64url("AQ")).toEqual(Uint8Array.from([1]));
  for (const text of ["AQ==", "AR", "A", "A+/A", "A Q", "é"]) expect(bytesOfBase64url(text)).toBeNull();
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), (text) => {
      const bytes = bytesOfBase64url(text);
      if (bytes) expect(Buffer.from(bytes).toString("base64url")).toBe(text);
    }),
  );
});
