import { expect, test } from "vitest";
import { digestOf } from "@/flows/plan/digest";
import { isSignedBy, signingKey } from "@/flows/receipts/keys";
import { nativeSigningKey } from "./native";

test("the machine's crypto signs as the verifier in a browser does, with the same key, byte for byte", () => {
  for (const secret of ["ab".repeat(32), "00".repeat(32), "0123456789abcdef".repeat(4)]) {
    const [native, portable] = [nativeSigningKey(secret), signingKey(secret)];
    expect([native.id, native.publicKey]).toEqual([portable.id, portable.publicKey]);
    const hash = digestOf(secret);
    expect(native.sign(hash)).toBe(portable.sign(hash));
    expect(isSignedBy({ hash, signature: native.sign(hash) }, native.publicKey)).toBe(true);
  }
});

test.each(["", "ab", "zz".repeat(32), `${"ab".repeat(32)}00`])("a key of %j is no key", (text) => {
  expect(() => nativeSigningKey(text)).toThrow();
});
