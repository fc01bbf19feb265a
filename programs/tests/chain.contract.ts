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
  setTransactionMessageConfig,
  setTransactionMessageFeePayer,
} from "@solana/kit";
import { Clock, FailedTransactionMetadata, LiteSVM } from "litesvm";
import { programDataAddress, SYSTEM_PROGRAM, TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";
import { refusalOf } from "@/programs/clients/escrow-refusals";
import { key } from "@/programs/clients/packing";
import { registryRefusalOf } from "@/programs/clients/registry-refusals";
import { type MintKind, mintBytes, tokenAccountBytes, tokenBalance } from "./token-bytes.contract";

export const PROGRAM = address("EscRowProgram111111111111111111111111111111");
export const REGISTRY = address("RegistryProgram1111111111111111111111111111");
const LOADER = address("BPFLoaderUpgradeab1e11111111111111111111111");
/** Our programs: what they are built from, and what the numbers mean that they end with. */
const PROGRAMS = [
  { program: PROGRAM, built: readFileSync("programs/built/escrow.so"), refusalOf },
  { program: REGISTRY, built: readFileSync("programs/built/registry.so"), refusalOf: registryRefusalOf },
];

/** When the chain's clock begins: 2026-01-01. It moves only when a test moves it. */
export const START = 1_767_225_600n;

/** What fits into one packet, by version: the chain in process would take more. */
const MOST_BYTES = { 0: 1232, 1: 4096 } as const;
const LIMITS = { computeUnitLimit: 400_000, loadedAccountsDataSizeLimit: 1_000_000 };

export type Outcome =
  | { ok: true; computeUnits: number; log: string[]; bytes: number }
  | { ok: false; refusal: string; log: string[]; bytes: number };

/** A chain with our programs and nothing else of ours on it. */
export async function startChain() {
  const svm = new LiteSVM().withTransactionHistory(0n);
  for (const { program, built } of PROGRAMS) svm.addProgram(program, built);
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
    send(instructions: readonly Instruction[], signers: readonly KeyPairSigner[] = [], sponsor = feePayer) {
      const message = pipe(
        createTransactionMessage({ version: 0 }),
        (empty) => setTransactionMessageFeePayer(sponsor.address, empty),
        (paid) => svm.setTransactionMessageLifetimeUsingLatestBlockhash(paid),
        (timed) => appendTransactionMessageInstructions(instructions, timed),
      );
      return sent(svm, compileTransaction(message), [sponsor, ...signers]);
    },
    /** The same as a transaction of version 1, which may be larger and says beforehand what it takes. */
    sendLarge(instructions: readonly Instruction[], signers: readonly KeyPairSigner[] = [], sponsor = feePayer) {
      const message = pipe(
        createTransactionMessage({ version: 1 }),
        (empty) => setTransactionMessageFeePayer(sponsor.address, empty),
        (paid) => svm.setTransactionMessageLifetimeUsingLatestBlockhash(paid),
        (timed) => setTransactionMessageConfig(LIMITS, timed),
        (limited) => appendTransactionMessageInstructions(instructions, limited),
      );
      return sent(svm, compileTransaction(message), [sponsor, ...signers]);
    },
  };
  chain.at(0);
  for (const { program } of PROGRAMS) await putProgramData(chain, upgrader.address, await programDataAddress(program));
  return chain;
}

type Compiled = ReturnType<typeof compileTransaction>;

async function sent(svm: LiteSVM, compiled: Compiled, signers: readonly KeyPairSigner[]): Promise<Outcome> {
  const asked = signers.filter(({ address: signer }) => signer in compiled.signatures);
  const signed = await partiallySignTransaction(
    asked.map(({ keyPair }) => keyPair),
    compiled,
  );
  const bytes = getTransactionEncoder().encode(signed).length;
  const version = (compiled.messageBytes[0] ?? 0) === 0x81 ? 1 : 0;
  if (bytes > MOST_BYTES[version]) return { ok: false, refusal: "the transaction is too large", log: [], bytes };
  const unsigned = Object.values(signed.signatures).some((signature) => signature === null);
  if (unsigned) return { ok: false, refusal: "a signature is missing", log: [], bytes }; // no validator would look at it
  const result = svm.sendTransaction(signed);
  if (!(result instanceof FailedTransactionMetadata))
    return { ok: true, computeUnits: Number(result.computeUnitsConsumed()), log: result.logs(), bytes };
  const log = result.meta().logs();
  return { ok: false, refusal: nameOf(result.toString(), log), log, bytes };
}

export type Chain = Awaited<ReturnType<typeof startChain>>;

/** The loader's own record of our program, which names who may replace it. */
export async function putProgramData(chain: Pick<Chain, "put">, upgrader: Address, where?: Address): Promise<void> {
  const record = new Uint8Array(45);
  record[0] = 3;
  record[12] = 1;
  record.set(key(upgrader), 13);
  chain.put(where ?? (await programDataAddress(PROGRAM)), record, LOADER);
}

/** A refusal of one of our programs by its name; what the runtime or another program said otherwise. */
function nameOf(said: string, log: readonly string[]): string {
  const last = log.findLast((line) => line.includes("failed"));
  const code = /^Program (\w+) failed: custom program error: 0x([0-9a-f]+)/.exec(last ?? "");
  const ended = PROGRAMS.find(({ program }) => program === code?.[1]);
  return ended?.refusalOf(Number.parseInt(code?.[2] ?? "", 16)) ?? last ?? said;
}
