import { createKeyPairSignerFromPrivateKeyBytes } from "@solana/kit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf } from "./key-address.mjs";

test("the launcher says the same address of a key as Solana's client", async () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const { address } = await createKeyPairSignerFromPrivateKeyBytes(seed);
      expect(addressOf(Buffer.from(seed).toString("hex"))).toBe(address);
    }),
  );
});
