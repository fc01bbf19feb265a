import { expect, test } from "vitest";
import { isSignedByWallet } from "./wallet-signature";

/** Made once, of secrets of nothing but sevens and of nothing but eights. */
const address = "GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB";
const other = "2KW2XRd9kwqet15Aha2oK3tYvd3nWbTFH1MBiRAv1BE1";
const message = "Agent Labs Studio\nI publish agents as acme.";
const signature = "4KSWmCeNwC4JRQqXATW59fdSLwpuhDu2URef2Djncrm18ZXrYA233hLcMGW1xpXGvZeaStx9tLcjy5SxtAPS2r4z";

test("a wallet's signature is good for its words and its address alone", () => {
  expect(isSignedByWallet({ message, signature }, address)).toBe(true);
  expect(isSignedByWallet({ message: `${message} `, signature }, address)).toBe(false);
  expect(isSignedByWallet({ message, signature }, other)).toBe(false);
});

test.each(["", "0OIl", "1", "z".repeat(200), "1".repeat(32), "é"])("%j signs nothing and is no address", (text) => {
  expect(isSignedByWallet({ message, signature: text }, address)).toBe(false);
  expect(isSignedByWallet({ message, signature }, text)).toBe(false);
});
