import { ed25519 } from "@noble/curves/ed25519.js";
import type { Page } from "@playwright/test";
import { getTransactionDecoder, getTransactionEncoder } from "@solana/kit";
import { base58 } from "@/flows/basics/base58";
import { type SignInMessage, signInWords } from "@/flows/receipts/sign-in-message";
import { type AskedOfWallet, announceWallet } from "./announce-wallet";

/** How the person behind a wallet answers: says yes, says no, has it sign something else, or is not there yet. */
export type Manner = "agrees" | "refuses" | "alters" | "waits";

type Options = { name?: string; secret?: Uint8Array; chain: string; signIn?: "has" | "lacks" };

/** A key of nobody else's. */
export const freshSecret = (): Uint8Array => ed25519.utils.randomSecretKey();

/** A wallet of the Wallet Standard in a page, whose key stays with the test. */
export class TestWallet {
  manner: Manner = "agrees";
  readonly asked: AskedOfWallet[] = [];
  private answerNow: () => void = () => undefined;
  private secret: Uint8Array;

  private constructor({ secret = freshSecret() }: Options) {
    this.secret = secret;
  }

  /** Has the wallet there in every page that is opened from now on. */
  static async install(page: Page, options: Options): Promise<TestWallet> {
    const wallet = new TestWallet(options);
    const { name = "Test Wallet", chain, signIn = "has" } = options;
    const call = `wallet_${base58(new TextEncoder().encode(name))}`;
    await page.exposeFunction(call, (asked: AskedOfWallet) => wallet.answer(asked));
    await page.addInitScript(announceWallet, { name, chain, call, signIn: signIn === "has" });
    return wallet;
  }

  get address(): string {
    return base58(this.publicKey);
  }

  private get publicKey() {
    return ed25519.getPublicKey(this.secret);
  }

  /** The person chooses another account inside the wallet. */
  choose(secret: Uint8Array): void {
    this.secret = secret;
  }

  /** The person comes back and says yes to what waits. */
  comeBack(): void {
    this.manner = "agrees";
    this.answerNow();
  }

  private async answer(
    asked: AskedOfWallet,
  ): Promise<{ address: string; key: number[]; bytes: number[]; signature: number[] }> {
    const own = { address: this.address, key: [...this.publicKey] };
    if (asked.for === "account") return { ...own, bytes: [], signature: [] };
    this.asked.push(asked);
    if (this.manner === "waits")
      await new Promise<void>((come) => {
        this.answerNow = come;
      });
    if (this.manner === "refuses") throw new Error("User rejected the request.");
    if (asked.for === "transaction") return { ...own, ...this.signTransaction(Uint8Array.from(asked.bytes)) };
    const bytes = asked.for === "sign_in" ? this.wordsOf(asked.input) : Uint8Array.from(asked.bytes);
    return { ...own, bytes: [...bytes], signature: [...ed25519.sign(bytes, this.secret)] };
  }

  private wordsOf(input: SignInMessage): Uint8Array {
    const changed = this.manner === "alters" ? { ...input, domain: "evil.example" } : input;
    return new TextEncoder().encode(signInWords(changed, this.address));
  }

  /** Who alters, changes the message's last byte before signing it. */
  private signTransaction(wire: Uint8Array) {
    const { messageBytes, signatures } = getTransactionDecoder().decode(wire);
    const message = Uint8Array.from(messageBytes);
    if (this.manner === "alters") message[message.length - 1] = (message.at(-1) ?? 0) ^ 1;
    const signature = ed25519.sign(message, this.secret);
    const signed = { messageBytes: message, signatures: { ...signatures, [this.address]: signature } };
    const bytes = getTransactionEncoder().encode(
      signed as unknown as Parameters<ReturnType<typeof getTransactionEncoder>["encode"]>[0],
    );
    return { bytes: [...bytes], signature: [...signature] };
  }
}
