import type { SignInMessage } from "@/flows/receipts/sign-in-message";

export type AskedOfWallet =
  | { for: "account" }
  | { for: "sign_in"; input: SignInMessage }
  | { for: "message"; bytes: number[] }
  | { for: "transaction"; bytes: number[]; chain: string };

type Answer = { address: string; key: number[]; bytes: number[]; signature: number[] };
type Announced = { name: string; chain: string; call: string; signIn: boolean };

/** Runs in the page, alone: a wallet that passes every question on to the test. */
export function announceWallet({ name, chain, call, signIn }: Announced): void {
  const ask = (asked: AskedOfWallet): Promise<Answer> =>
    (window as unknown as Record<string, (asked: AskedOfWallet) => Promise<Answer>>)[call]?.(asked) ??
    Promise.reject(new Error("the test is gone"));
  const accountOf = ({ address, key }: Answer) => ({
    ...{ address, publicKey: Uint8Array.from(key), chains: [chain] },
    features: ["solana:signIn", "solana:signMessage", "solana:signTransaction"],
  });
  let accounts: ReturnType<typeof accountOf>[] = [];
  const signed = (answer: Answer) => ({
    account: accountOf(answer),
    signedMessage: Uint8Array.from(answer.bytes),
    signature: Uint8Array.from(answer.signature),
  });
  const wallet = {
    ...{ version: "1.0.0", name, chains: [chain] },
    icon: "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=",
    get accounts() {
      return accounts;
    },
    features: {
      "standard:connect": {
        version: "1.0.0",
        connect: async () => {
          accounts = [accountOf(await ask({ for: "account" }))];
          return { accounts };
        },
      },
      "standard:disconnect": {
        version: "1.0.0",
        disconnect: async () => {
          accounts = [];
        },
      },
      "standard:events": { version: "1.0.0", on: () => () => undefined },
      ...(signIn
        ? {
            "solana:signIn": {
              version: "1.0.0",
              signIn: async (input: SignInMessage) => [signed(await ask({ for: "sign_in", input }))],
            },
          }
        : {}),
      "solana:signMessage": {
        version: "1.1.0",
        signMessage: async ({ message }: { message: Uint8Array }) => [
          signed(await ask({ for: "message", bytes: [...message] })),
        ],
      },
      "solana:signTransaction": {
        version: "1.0.0",
        supportedTransactionVersions: ["legacy", 0],
        signTransaction: async (input: { transaction: Uint8Array; chain: string }) => {
          const answer = await ask({ for: "transaction", bytes: [...input.transaction], chain: input.chain });
          return [{ signedTransaction: Uint8Array.from(answer.bytes) }];
        },
      },
    },
  };
  const register = (api: { register(wallet: unknown): void }) => api.register(wallet);
  window.addEventListener("wallet-standard:app-ready", (event) =>
    register((event as CustomEvent<{ register(wallet: unknown): void }>).detail),
  );
  window.dispatchEvent(new CustomEvent("wallet-standard:register-wallet", { detail: register }));
}
