import { ed25519 } from "@noble/curves/ed25519.js";
import {
  AccountRole,
  type Address,
  appendTransactionMessageInstruction,
  type Blockhash,
  compileTransaction,
  createTransactionMessage,
  getAddressDecoder,
  getTransactionDecoder,
  getTransactionEncoder,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from "@solana/kit";
import { expect, test } from "vitest";
import { putSignature } from "./put-signature";

function keyOf(seed: number) {
  const secret = new Uint8Array(32).fill(seed);
  const publicKey = ed25519.getPublicKey(secret);
  const sign = (message: Uint8Array) => ed25519.sign(message, secret);
  return { publicKey, sign, address: getAddressDecoder().decode(publicKey) };
}
const [sponsor, payer, stranger] = [keyOf(1), keyOf(2), keyOf(3)];

/** A transaction whose fee one pays and whose instruction another has to sign. */
const unsigned = (version: 0 | "legacy") =>
  pipe(
    createTransactionMessage({ version }),
    (message) => setTransactionMessageFeePayer(sponsor.address, message),
    (message) =>
      setTransactionMessageLifetimeUsingBlockhash(
        { blockhash: stranger.address as string as Blockhash, lastValidBlockHeight: 1n },
        message,
      ),
    (message) =>
      appendTransactionMessageInstruction(
        {
          programAddress: "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr" as Address,
          accounts: [{ address: payer.address, role: AccountRole.READONLY_SIGNER }],
          data: new Uint8Array([104, 105]),
        },
        message,
      ),
    compileTransaction,
  );

test.each([0, "legacy"] as const)(
  "a signature goes to the place of its signer, over the message of version %s",
  (version) => {
    const transaction = unsigned(version);
    const bytes = Uint8Array.from(getTransactionEncoder().encode(transaction));
    const signed = putSignature(bytes, payer);
    if (!signed) throw new Error("not signed");
    const { signatures, messageBytes } = getTransactionDecoder().decode(signed);
    expect(messageBytes).toEqual(transaction.messageBytes);
    expect(signatures[sponsor.address]).toBeNull();
    const own = signatures[payer.address];
    expect(own && ed25519.verify(own, Uint8Array.from(messageBytes), payer.publicKey)).toBe(true);
    expect(putSignature(bytes, stranger)).toBeNull();
  },
);

test("what is no transaction is not signed", () => {
  const bytes = Uint8Array.from(getTransactionEncoder().encode(unsigned(0)));
  for (const end of [0, 1, 64, 130, 160]) expect(putSignature(bytes.subarray(0, end), payer)).toBeNull();
  expect(putSignature(new Uint8Array(300).fill(255), payer)).toBeNull();
});
