import { ed25519 } from "@noble/curves/ed25519.js";
import type { SolanaSignInInput } from "@solana/wallet-standard-features";
import { getWallets } from "@wallet-standard/app";
import type { Wallet, WalletAccount } from "@wallet-standard/base";
import { base58, bytesOfBase58 } from "@/flows/basics/base58";
import { type SignInMessage, signInWords } from "@/flows/receipts/sign-in-message";
import { putSignature } from "./put-signature";

export const TEST_WALLET = "Test wallet (local chain only, not safe)";
const KEPT = "studio:test-wallet";
const CHAIN = "solana:localnet";
const ICON =
  "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCI+PHJlY3Qgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0IiByeD0iNiIgZmlsbD0iIzZiNzI4MCIvPjxwYXRoIGQ9Ik03IDhoMTBNMTIgOHY5IiBzdHJva2U9IiNmZmYiIHN0cm9rZS13aWR0aD0iMiIvPjwvc3ZnPg==";

/**
 * A wallet for whoever has none, on the local chain alone: its key lies open in the browser's storage, and it signs whatever
 * it is given for that chain. It is never sent anywhere. Asked twice, it is the same wallet.
 */
export function offerTestWallet(): void {
  if (
    !getWallets()
      .get()
      .some(({ name }) => name === TEST_WALLET)
  )
    getWallets().register(testWallet(keptSecret()));
}

/** Offers it again where it was made before. */
export function offerKeptTestWallet(): void {
  if (window.localStorage.getItem(KEPT) !== null) offerTestWallet();
}

function keptSecret(): Uint8Array {
  const kept = bytesOfBase58(window.localStorage.getItem(KEPT) ?? "", 32);
  if (kept) return kept;
  const fresh = crypto.getRandomValues(new Uint8Array(32));
  window.localStorage.setItem(KEPT, base58(fresh));
  return fresh;
}

function testWallet(secret: Uint8Array): Wallet {
  const publicKey = Uint8Array.from(ed25519.getPublicKey(secret));
  const sign = (message: Uint8Array) => ed25519.sign(message, secret);
  const account: WalletAccount = {
    address: base58(publicKey),
    publicKey,
    chains: [CHAIN],
    features: ["solana:signIn", "solana:signMessage", "solana:signTransaction"],
  };
  const signed = (message: Uint8Array) => ({ signedMessage: message, signature: sign(message), account });
  return {
    ...{ version: "1.0.0", name: TEST_WALLET, icon: ICON, chains: [CHAIN], accounts: [account] },
    features: {
      "standard:connect": { version: "1.0.0", connect: async () => ({ accounts: [account] }) },
      "standard:disconnect": { version: "1.0.0", disconnect: async () => undefined },
      "standard:events": { version: "1.0.0", on: () => () => undefined },
      "solana:signIn": {
        version: "1.0.0",
        signIn: async (...inputs: SolanaSignInInput[]) =>
          inputs.map((input) => signed(new TextEncoder().encode(signInWords(wholeOf(input), account.address)))),
      },
      "solana:signMessage": {
        version: "1.1.0",
        signMessage: async (...inputs: { message: Uint8Array }[]) => inputs.map(({ message }) => signed(message)),
      },
      "solana:signTransaction": {
        version: "1.0.0",
        supportedTransactionVersions: ["legacy", 0],
        signTransaction: async (...inputs: { transaction: Uint8Array; chain?: string }[]) =>
          inputs.map(({ transaction, chain }) => {
            if (chain !== CHAIN) throw new Error("this wallet signs for the local chain only");
            const signedTransaction = putSignature(transaction, { publicKey, sign });
            if (!signedTransaction) throw new Error("this transaction has no place for its signature");
            return { signedTransaction };
          }),
      },
    },
  };
}

/** The studio leaves nothing out that the words name. */
function wholeOf(input: SolanaSignInInput): SignInMessage {
  const { domain = "", statement = "", uri = "", chainId = "", nonce = "", requestId } = input;
  const { issuedAt = "", expirationTime = "" } = input;
  return {
    ...{ domain, statement, uri, version: "1", chainId, nonce, issuedAt, expirationTime },
    ...(requestId === undefined ? {} : { requestId }),
  };
}
