import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddressLookupTableProgram,
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
const underWay: Promise<unknown>[] = [];
const remembered: typeof fetch = (...call) => {
  const answer = fetch(...call);
  underWay.push(answer.then((one) => one.clone().text()));
  return answer;
};
beforeAll(async () => {
  chain = await startLocalChain({ folder, slotMs: 50 });
  // Its sockets go to the next port, by its own convention.
  connection = new Connection(chain.rpcUrl, { commitment: "confirmed", fetch: remembered });
});
afterAll(async () => {
  await Promise.allSettled(underWay); // it does not wait for what it asked itself beside a confirmation
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

test("a transaction of version 0 finds its accounts in a lookup table that was made here", async () => {
  const [payer, to] = [await funded(), Keypair.generate()];
  const authority = payer.publicKey;
  const [making, table] = AddressLookupTableProgram.createLookupTable({
    ...{ authority, payer: authority },
    recentSlot: await connection.getSlot(),
  });
  const filling = AddressLookupTableProgram.extendLookupTable({
    ...{ authority, payer: authority, lookupTable: table },
    addresses: [to.publicKey, SystemProgram.programId],
  });
  await sendAndConfirmTransaction(connection, new Transaction().add(making, filling), [payer]);
  await expect.poll(async () => connection.getSlot()).toBeGreaterThan(await connection.getSlot()); // usable one slot later
  const { value } = await connection.getAddressLookupTable(table);
  if (!value) throw new Error("the table cannot be read");
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
  const instructions = [paying(payer, to, LAMPORTS_PER_SOL / 2)];
  const message = new TransactionMessage({ payerKey: authority, recentBlockhash: blockhash, instructions });
  const transaction = new VersionedTransaction(message.compileToV0Message([value]));
  transaction.sign([payer]);
  const signature = await connection.sendTransaction(transaction);
  await connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight });
  const landed = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  expect(landed?.meta?.loadedAddresses?.writable.map(String)).toEqual([String(to.publicKey)]);
  expect(await connection.getBalance(to.publicKey)).toBe(LAMPORTS_PER_SOL / 2);
  expect((await connection.getSignaturesForAddress(to.publicKey)).map((one) => one.signature)).toEqual([signature]);
});

test("web3.js 1.x is told of slots, of logs that mention an account, and of an account that changes", async () => {
  const [payer, to] = [await funded(), Keypair.generate()];
  const slots = new Promise((hear) => connection.onSlotChange(({ slot }) => hear(slot)));
  const logs = new Promise((hear) => connection.onLogs(to.publicKey, ({ signature }) => hear(signature), "confirmed"));
  const changed = new Promise((hear) => connection.onAccountChange(to.publicKey, ({ lamports }) => hear(lamports)));
  expect(await slots).toBeGreaterThan(0); // by then the other two are heard as well: they were asked for in this order
  await connection.getSlot();
  const asked = new Transaction().add(paying(payer, to, LAMPORTS_PER_SOL));
  const signature = await sendAndConfirmTransaction(connection, asked, [payer]);
  expect(await logs).toBe(signature);
  expect(await changed).toBe(LAMPORTS_PER_SOL);
});
