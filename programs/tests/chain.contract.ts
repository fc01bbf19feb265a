import { readFileSync } from "node:fs";
import {
  type Address,
  address,
  appendTransactionMessageInstructions,
  compileTransaction,
  createTransactionMessage,
  generateKeyPairSigner,
  getTransactionEncoder,
  type Instruction,
  type KeyPairSigner,
  lamports,
  partiallySignTransaction,
  pipe,
  setTransactionMessageFeePayer,
} from "@solana/kit";
import { Clock, FailedTransactionMetadata, LiteSVM } from "litesvm";
import { programDataAddress, SYSTEM_PROGRAM, TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";
import { refusalOf } from "@/programs/clients/escrow-refusals";
import { key } from "@/programs/clients/packing";
import { type MintKind, mintBytes, tokenAccountBytes, tokenBalance } from "./token-bytes.contract";

export const PROGRAM = address("EscRowProgram111111111111111111111111111111");
const LOADER = address("BPFLoaderUpgradeab1e11111111111111111111111");
const BUILT = new URL("../built/escrow.so", import.meta.url);

/** When the chain's clock begins: 2026-01-01. It moves only when a test moves it. */
export const START = 1_767_225_600n;

/** What fits into one packet: the chain in process would take more. */
const MOST_BYTES = 1232;

export type Outcome =
  | { ok: true; computeUnits: number; log: string[]; bytes: number }
  | { ok: false; refusal: string; log: string[]; bytes: number };

/** A chain with our program and nothing else of ours on it. */
export async function startChain() {
  const svm = new LiteSVM().withTransactionHistory(0n);
  svm.addProgram(PROGRAM, readFileSync(BUILT));
  const upgrader = await generateKeyPairSigner();
  const feePayer = await generateKeyPairSigner();
  svm.airdrop(feePayer.address, lamports(1_000_000_000_000n));
  const chain = {
    svm,
    upgrader,
    feePayer,
    now: () => svm.getClock().unixTimestamp,
    /** Sets the clock to so many seconds after its start. */
    at(seconds: number | bigint) {
      const clock = svm.getClock();
      svm.setClock(
        new Clock(
          clock.slot,
          clock.epochStartTimestamp,
          clock.epoch,
          clock.leaderScheduleEpoch,
          START + BigInt(seconds),
        ),
      );
    },
    put(where: Address, data: Uint8Array, owner: Address = TOKEN_PROGRAM) {
      const space = BigInt(data.length);
      const balance = lamports(svm.minimumBalanceForRentExemption(space));
      svm.setAccount({ address: where, data, executable: false, lamports: balance, programAddress: owner, space });
    },
    data(where: Address): Uint8Array | undefined {
      const found = svm.getAccount(where);
      return found.exists && found.programAddress !== SYSTEM_PROGRAM ? Uint8Array.from(found.data) : undefined;
    },
    lamportsOf: (where: Address): bigint => svm.getBalance(where) ?? 0n,
    async mint(kind: MintKind = "plain", owner: Address = TOKEN_PROGRAM): Promise<Address> {
      const { address: where } = await generateKeyPairSigner();
      chain.put(where, mintBytes(kind), owner);
      return where;
    },
    async tokens(mint: Address, owner: Address, amount = 0n): Promise<Address> {
      const { address: where } = await generateKeyPairSigner();
      chain.put(where, tokenAccountBytes({ mint, owner, amount }));
      return where;
    },
    tokensIn: (where: Address): bigint => tokenBalance(chain.data(where)),
    /** The sponsor pays the fee; without one somebody does who has no part in it. */
    async send(
      instructions: readonly Instruction[],
      signers: readonly KeyPairSigner[] = [],
      sponsor: KeyPairSigner = feePayer,
    ): Promise<Outcome> {
      const message = pipe(
        createTransactionMessage({ version: 0 }),
        (empty) => setTransactionMessageFeePayer(sponsor.address, empty),
        (paid) => svm.setTransactionMessageLifetimeUsingLatestBlockhash(paid),
        (timed) => appendTransactionMessageInstructions(instructions, timed),
      );
      const compiled = compileTransaction(message);
      const asked = [sponsor, ...signers].filter((each) => each.address in compiled.signatures);
      const signed = await partiallySignTransaction(
        asked.map(({ keyPair }) => keyPair),
        compiled,
      );
      const bytes = getTransactionEncoder().encode(signed).length;
      if (bytes > MOST_BYTES) return { ok: false, refusal: "the transaction is too large", log: [], bytes };
      const result = svm.sendTransaction(signed);
      if (result instanceof FailedTransactionMetadata)
        return {
          ok: false,
          refusal: nameOf(result.toString(), result.meta().logs()),
          log: result.meta().logs(),
          bytes,
        };
      return { ok: true, computeUnits: Number(result.computeUnitsConsumed()), log: result.logs(), bytes };
    },
  };
  chain.at(0);
  await putProgramData(chain, upgrader.address);
  return chain;
}

export type Chain = Awaited<ReturnType<typeof startChain>>;

/** The loader's own record of our program, which names who may replace it. */
export async function putProgramData(chain: Pick<Chain, "put">, upgrader: Address): Promise<void> {
  const record = new Uint8Array(45);
  record[0] = 3;
  record[12] = 1;
  record.set(key(upgrader), 13);
  chain.put(await programDataAddress(PROGRAM), record, LOADER);
}

/** A refusal of our program by its name; what the runtime or another program said otherwise. */
function nameOf(said: string, log: readonly string[]): string {
  const last = log.findLast((line) => line.includes("failed"));
  const code = /^Program (\w+) failed: custom program error: 0x([0-9a-f]+)/.exec(last ?? "");
  const refusal = code?.[1] === PROGRAM ? refusalOf(Number.parseInt(code[2] ?? "", 16)) : undefined;
  return refusal ?? last ?? said;
}
