import { z } from "zod";
import { bytesOfBase58 } from "../basics/base58";

/** The address of a wallet: the 32 bytes of its public key, in base58. */
export const WalletAddress = z
  .string()
  .refine((text) => bytesOfBase58(text, 32) !== null, "is no address of Solana")
  .brand<"WalletAddress">();
export type WalletAddress = z.infer<typeof WalletAddress>;

/**
 * What a person signs to say who they are. Times are ISO 8601 in UTC, `domain` is a host with its port, `chainId` names a
 * chain as the Wallet Standard does ("solana:mainnet"). `requestId` names the account that the words are about.
 */
export type SignInMessage = {
  domain: string;
  statement: string;
  uri: string;
  version: "1";
  chainId: string;
  nonce: string;
  issuedAt: string;
  expirationTime: string;
  requestId?: string;
};

/**
 * The words of Sign in with Solana for one address, byte for byte as wallets write them.
 * Source: github.com/phantom/sign-in-with-solana, "Sign-In Message Construction", and createSignInMessageText of
 * `@solana/wallet-standard-util`.
 */
export function signInWords(message: SignInMessage, address: string): string {
  const { domain, statement, uri, version, chainId, nonce, issuedAt, expirationTime, requestId } = message;
  return [
    `${domain} wants you to sign in with your Solana account:`,
    address,
    "",
    statement,
    "",
    `URI: ${uri}`,
    `Version: ${version}`,
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issuedAt}`,
    `Expiration Time: ${expirationTime}`,
    ...(requestId === undefined ? [] : [`Request ID: ${requestId}`]),
  ].join("\n");
}
