import fc from "fast-check";
import { expect, test } from "vitest";
import { base58, bytesOfBase58 } from "./base58";

test("whatever bytes are written are read back, leading zeros included", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(32), (bytes, zeros) => {
      bytes.fill(0, 0, zeros);
      expect(bytesOfBase58(base58(bytes), 32)).toEqual(bytes);
    }),
  );
});

test("an address has one way to be written", () => {
  const system = "1".repeat(32);
  expect(bytesOfBase58(system, 32)).toEqual(new Uint8Array(32));
  for (const other of ["1".repeat(31), "1".repeat(33), "", "0OIl", "é", "z".repeat(44), "z".repeat(200)])
    expect(bytesOfBase58(other, 32)).toBeNull();
});
