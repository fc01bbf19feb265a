import { expect, test } from "vitest";
import { type SignInMessage, signInWords, WalletAddress } from "./sign-in-message";

const address = "GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB";
const message: SignInMessage = {
  ...{ domain: "studio.example:4600", statement: "Sign in.", uri: "https://studio.example:4600", version: "1" },
  ...{ chainId: "solana:devnet", nonce: "0123456789abcdef" },
  ...{ issuedAt: "2026-11-20T10:00:00.000Z", expirationTime: "2026-11-20T10:05:00.000Z" },
};

test("the words are those that wallets write", () => {
  expect(signInWords({ ...message, requestId: "ada" }, address)).toBe(
    `studio.example:4600 wants you to sign in with your Solana account:
${address}

Sign in.

URI: https://studio.example:4600
Version: 1
Chain ID: solana:devnet
Nonce: 0123456789abcdef
Issued At: 2026-11-20T10:00:00.000Z
Expiration Time: 2026-11-20T10:05:00.000Z
Request ID: ada`,
  );
  expect(signInWords(message, address)).not.toContain("Request ID");
});

test.each(["", "ada", address.slice(2), `${address}1`, `${address}\n`])("%j is no address", (text) => {
  expect(WalletAddress.safeParse(text).success).toBe(false);
});
