import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  airdropFactory,
  appendTransactionMessageInstructions,
  assertIsTransactionWithBlockhashLifetime,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  generateKeyPairSigner,
  getSignatureFromTransaction,
  type Instruction,
  isSolanaError,
  type KeyPairSigner,
  lamports,
  pipe,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE,
  sendAndConfirmTransactionFactory,
  setTransactionMessageConfig,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { getTransferSolInstruction } from "@solana-program/system";
import { getTransferInstruction } from "@solana-program/token";
import { afterAll, beforeAll, expect, test } from "vitest";
import { associatedAddress } from "@/programs/clients/escrow-addresses";
import { asking } from "./asking.contract";
import { type LocalChain, startLocalChain } from "./start-local-chain";

const folder = mkdtempSync(join(tmpdir(), "local-chain-"));
let chain: LocalChain;
beforeAll(async () => {
  chain = await startLocalChain({ folder, slotMs: 50 });
});
afterAll(async () => {
  await chain.stop();
  rmSync(folder, { recursive: true, force: true });
});

const SOL = 1_000_000_000n;

function client() {
  const rpc = createSolanaRpc(chain.rpcUrl);
  const rpcSubscriptions = createSolanaRpcSubscriptions(chain.wsUrl);
  const confirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });
  const airdrop = airdropFactory({ rpc, rpcSubscriptions });
  const funded = async () => {
    const signer = await generateKeyPairSigner();
    const ask = { recipientAddress: signer.address, lamports: lamports(2n * SOL), commitment: "confirmed" } as const;
    await airdrop(ask);
    return signer;
  };
  const send = async (payer: KeyPairSigner, instructions: readonly Instruction[], version: 0 | 1 | "legacy" = 0) => {
    const { value: lifetime } = await rpc.getLatestBlockhash().send();
    const limited =
      version === 1
        ? setTransactionMessageConfig(
            { computeUnitLimit: 50_000, loadedAccountsDataSizeLimit: 1_000_000 },
            createTransactionMessage({ version }),
          )
        : createTransactionMessage({ version });
    const signed = await signTransactionMessageWithSigners(
      pipe(
        limited,
        (empty) => setTransactionMessageFeePayerSigner(payer, empty),
        (paid) => setTransactionMessageLifetimeUsingBlockhash(lifetime, paid),
        (timed) => appendTransactionMessageInstructions(instructions, timed),
      ),
    );
    assertIsTransactionWithBlockhashLifetime(signed);
    await confirm(signed, { commitment: "confirmed" });
    return getSignatureFromTransaction(signed);
  };
  return { rpc, rpcSubscriptions, funded, send };
}

test.each(["legacy", 0, 1] as const)("kit sends and confirms a transaction of version %s", async (version) => {
  const { rpc, funded, send } = client();
  const [payer, to] = [await funded(), await generateKeyPairSigner()];
  const signature = await send(
    payer,
    [getTransferSolInstruction({ source: payer, destination: to.address, amount: SOL })],
    version,
  );
  expect((await rpc.getBalance(to.address).send()).value).toBe(SOL);
  expect((await rpc.getBalance(payer.address).send()).value).toBe(SOL - 5_000n);
  const options = { commitment: "confirmed", maxSupportedTransactionVersion: 1, encoding: "json" } as const;
  const landed = await rpc.getTransaction(signature, options).send();
  expect(landed?.meta?.fee).toBe(5_000n);
  expect(landed?.meta?.logMessages).toContain("Program 11111111111111111111111111111111 success");
});

test("kit hears why a transaction that fails its preflight was refused, with the log", async () => {
  const { funded, send } = client();
  const [payer, to] = [await funded(), await generateKeyPairSigner()];
  const tooMuch = getTransferSolInstruction({ source: payer, destination: to.address, amount: 5n * SOL });
  const refused = await send(payer, [tooMuch]).catch((error: unknown) => error);
  if (!isSolanaError(refused, SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE)) throw refused;
  expect(refused.context.logs).toContain("Program 11111111111111111111111111111111 failed: custom program error: 0x1");
  expect(refused.context.unitsConsumed).toBe(150n);
});

test("kit moves tokens, and the transaction tells whose became more and whose less", async () => {
  const { rpc, funded, send } = client();
  const [payer, to] = [await funded(), await generateKeyPairSigner()];
  const ask = asking(chain.rpcUrl);
  for (const { address: one } of [payer, to]) await ask("studio_faucet", one, 1_000_000);
  const [source, destination] = await Promise.all(
    [payer, to].map(({ address: one }) => associatedAddress(one, chain.usdcMint)),
  );
  if (!source || !destination) throw new Error("there is no token account");
  const signature = await send(payer, [
    getTransferInstruction({ source, destination, authority: payer, amount: 250_000n }),
  ]);
  expect((await rpc.getTokenAccountBalance(destination).send()).value.uiAmountString).toBe("1.25");
  const options = { commitment: "confirmed", maxSupportedTransactionVersion: 0, encoding: "json" } as const;
  const landed = await rpc.getTransaction(signature, options).send();
  const amounts = (list: readonly { uiTokenAmount: { amount: string } }[] | undefined) =>
    list?.map(({ uiTokenAmount }) => uiTokenAmount.amount).toSorted();
  expect(amounts(landed?.meta?.preTokenBalances)).toEqual(["1000000", "1000000"]);
  expect(amounts(landed?.meta?.postTokenBalances)).toEqual(["1250000", "750000"]);
});
