import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  address,
  appendTransactionMessageInstruction,
  blockhash,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getSignatureFromTransaction,
  type KeyPairSigner,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { getTransferSolInstruction } from "@solana-program/system";
import { z } from "zod";
import { asking } from "./asking.contract";
import { type LocalChainOptions, startLocalChain } from "./start-local-chain";

const Latest = z.object({ value: z.object({ blockhash: z.string() }) });
const Status = z.object({ value: z.array(z.object({ confirmationStatus: z.string() }).nullable()) });

/** A chain in a folder of its own, which can be stopped and started again on it. */
export async function triedChain(options: Omit<LocalChainOptions, "folder"> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "local-chain-"));
  let chain = await startLocalChain({ ...options, folder });
  return {
    folder,
    get chain() {
      return chain;
    },
    ask: (method: string, ...params: unknown[]) => asking(chain.rpcUrl)(method, ...params),
    async restart() {
      await chain.stop();
      chain = await startLocalChain({ ...options, folder });
    },
    async end() {
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A transfer of lamports as it goes over the wire, with the name that it will have. */
export async function transfer(rpcUrl: string, payer: KeyPairSigner, { to, amount }: { to: string; amount: bigint }) {
  const ask = asking(rpcUrl);
  const { value } = Latest.parse((await ask("getLatestBlockhash", { commitment: "confirmed" })).result);
  const lifetime = { blockhash: blockhash(value.blockhash), lastValidBlockHeight: 0n };
  const signed = await signTransactionMessageWithSigners(
    pipe(
      createTransactionMessage({ version: 0 }),
      (empty) => setTransactionMessageFeePayerSigner(payer, empty),
      (paid) => setTransactionMessageLifetimeUsingBlockhash(lifetime, paid),
      (timed) =>
        appendTransactionMessageInstruction(
          getTransferSolInstruction({ source: payer, destination: address(to), amount }),
          timed,
        ),
    ),
  );
  const wire = getBase64EncodedWireTransaction(signed);
  const signature = getSignatureFromTransaction(signed);
  return {
    signature,
    send: (options: Record<string, unknown> = {}) => ask("sendTransaction", wire, { encoding: "base64", ...options }),
    simulate: (options: Record<string, unknown> = {}) =>
      ask("simulateTransaction", wire, { encoding: "base64", commitment: "confirmed", ...options }),
    /** How certain it is; nothing, when it has not landed. */
    async status(): Promise<string | undefined> {
      const { result } = await ask("getSignatureStatuses", [signature], { searchTransactionHistory: true });
      return Status.parse(result).value[0]?.confirmationStatus;
    },
  };
}
