import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  SystemProgram,
  sendAndConfirmTransaction,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalChain, startLocalChain } from "./start-local-chain";

const folder = mkdtempSync(join(tmpdir(), "local-chain-"));
let chain: LocalChain;
let connection: Connection;
beforeAll(async () => {
  chain = await startLocalChain({ folder, slotMs: 50 });
  connection = new Connection(chain.rpcUrl, "confirmed"); // its sockets go to the next port, by its own convention
});
afterAll(async () => {
  await chain.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function funded(): Promise<Keypair> {
  const signer = Keypair.generate();
  const signature = await connection.requestAirdrop(signer.publicKey, 2 * LAMPORTS_PER_SOL);
  const lifetime = await connection.getLatestBlockhash();
  await connection.confirmTransaction({ signature, ...lifetime });
  return signer;
}

const paying = (payer: Keypair, to: Keypair, lamports: number) =>
  SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: to.publicKey, lamports });

test("web3.js 1.x sends and confirms a legacy transaction, and reads it back", async () => {
  const [payer, to] = [await funded(), Keypair.generate()];
  const asked = new Transaction().add(paying(payer, to, LAMPORTS_PER_SOL));
  const signature = await sendAndConfirmTransaction(connection, asked, [payer]);
  expect(await connection.getBalance(to.publicKey)).toBe(LAMPORTS_PER_SOL);
  const landed = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  expect(landed?.meta?.fee).toBe(5_000);
  expect(landed?.transaction.message.header.numRequiredSignatures).toBe(1);
  const [listed] = await connection.getSignaturesForAddress(to.publicKey);
  expect(listed?.signature).toBe(signature);
  expect((await connection.getParsedTransaction(signature, { maxSupportedTransactionVersion: 0 }))?.slot).toBe(
    landed?.slot,
  );
});

test("web3.js 1.x is told by onSignature that a transaction of version 0 has landed", async () => {
  const [payer, to] = [await funded(), Keypair.generate()];
  const { blockhash } = await connection.getLatestBlockhash();
  const instructions = [paying(payer, to, LAMPORTS_PER_SOL)];
  const message = new TransactionMessage({ payerKey: payer.publicKey, recentBlockhash: blockhash, instructions });
  const transaction = new VersionedTransaction(message.compileToV0Message());
  transaction.sign([payer]);
  const signature = await connection.sendTransaction(transaction);
  const told = await new Promise((hear) => connection.onSignature(signature, (result) => hear(result), "confirmed"));
  expect(told).toEqual({ err: null });
});

test("web3.js 1.x is told why a transaction fails", async () => {
  const [payer, to] = [await funded(), Keypair.generate()];
  const asked = new Transaction().add(paying(payer, to, 5 * LAMPORTS_PER_SOL));
  await expect(sendAndConfirmTransaction(connection, asked, [payer])).rejects.toThrow(
    /Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1/,
  );
});
