import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Address,
  appendTransactionMessageInstructions,
  createSolanaRpc,
  createTransactionMessage,
  generateKeyPairSigner,
  getBase64EncodedWireTransaction,
  getTransactionDecoder,
  type Instruction,
  type KeyPairSigner,
  partiallySignTransaction,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import type { Pool } from "pg";
import { AccountId, type AgentId, RunId } from "@/flows/basics/ids";
import { money, UsdcBase } from "@/flows/basics/money";
import { fundingOf } from "@/flows/escrow/funding";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { toStored } from "@/flows/plan/stored";
import type { ChainPort } from "@/flows/ports/chain";
import type { Offer } from "@/flows/ports/escrows";
import type { Behaviour } from "@/flows/simulator/agents";
import { associatedAddress } from "@/programs/clients/escrow-addresses";
import { ledgerCredits } from "@/server/adapters/credits/ledger";
import { escrowCredits } from "@/server/adapters/escrow/credits";
import { escrowDesk } from "@/server/adapters/escrow/desk";
import { escrowRail } from "@/server/adapters/escrow/rail";
import { rpcChain } from "@/server/adapters/escrow/rpc-chain";
import { rpcHistory } from "@/server/adapters/escrow/rpc-history";
import type { Carrying, EscrowSettings } from "@/server/adapters/escrow/settings";
import { postgresValues } from "@/server/adapters/values/postgres";
import { startLocalChain } from "@/server/chain/local/start-local-chain";
import { eve, key, type Rig, reader } from "@/server/drivers/postgres/rig.contract";

export const acme = AccountId.parse("acme");
/** 1.5 credits, which are 15,000 base units of USDC. */
export const PRICE = 1_500_000n;
export const BASE = 15_000n;

/** A chain of our own with a payer who has USDC and a publisher who can be paid. It goes away with its folder. */
export async function startEscrowChain(options: { finalizedAfter?: number; slotMs?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "studio-escrow-"));
  const chain = await startLocalChain({ folder, faults: true, slotMs: 400, finalizedAfter: 4, ...options });
  const call = <T>(method: string, ...params: unknown[]) => called<T>(chain.rpcUrl, method, params);
  const [payer, publisher] = await Promise.all([generateKeyPairSigner(), generateKeyPairSigner()]);
  const account = (wallet: string) => associatedAddress(wallet as Address, chain.usdcMint);
  await call("studio_faucet", payer.address, 1_000_000);
  await call("studio_faucet", publisher.address, 1);
  await call("studio_faucet", chain.keys.house.address, 1);
  return {
    ...{ folder, chain, call, payer, publisher },
    async tokens(wallet: string): Promise<bigint> {
      const { value } = await call<{ value: { amount: string } }>("getTokenAccountBalance", await account(wallet), {
        commitment: "confirmed",
      });
      return BigInt(value.amount);
    },
    wallet: () => generateKeyPairSigner(),
    give: (wallet: string, amount: bigint) => call("studio_faucet", wallet, Number(amount)),
    /** Moves the chain's clock on. Units: seconds. */
    async later(seconds: number) {
      const { unixTimestamp } = await call<{ unixTimestamp: number }>("studio_chain");
      await call("studio_setClock", { unixTimestamp: unixTimestamp + seconds });
    },
    fault: (...faults: object[]) => call("studio_faults", faults),
    /** Slots go on only when they are told to: how fast this machine is does not matter. */
    freeze: () => call("studio_freeze"),
    resume: () => call("studio_resume"),
    pass: (slots: number) => call("studio_advanceSlots", slots),
    async stop() {
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type EscrowChain = Awaited<ReturnType<typeof startEscrowChain>>;

async function called<T>(url: string, method: string, params: unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const answer = (await response.json()) as { result?: T; error?: { message: string } };
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result as T;
}

type Options = {
  settings?: Partial<EscrowSettings>;
  chain?: (chain: ChainPort) => ChainPort;
  settler?: KeyPairSigner;
};

/** A studio that offers the rail: its desk, its worker's rail and its credits, on a database and a chain of the test's own. */
export async function escrowRig(studio: Rig, place: EscrowChain, options: Options = {}) {
  const { pool } = studio;
  const { chain, payer, publisher } = place;
  const settings: EscrowSettings = {
    ...{ urls: [chain.rpcUrl], commitment: "confirmed", program: chain.escrowProgram, mint: chain.usdcMint },
    ...{
      houseWallet: chain.keys.house.address,
      feeWallet: chain.keys.house.address,
      arbiter: chain.keys.arbiter.address,
      feeBps: 0,
      windowSeconds: 0,
      version: 0,
    },
    ...{ priorityCeiling: 100_000n, sponsorDailyLamports: 1_000_000_000n, sponsorShareLamports: 1_000_000_000n },
    ...options.settings,
  };
  const port = (options.chain ?? ((same) => same))(rpcChain({ ...settings, timeoutMs: 5_000 }));
  const said: string[] = [];
  const log: Carrying["log"] = (_, event, about) => void said.push(`${event} ${JSON.stringify(about)}`);
  const carrying: Carrying = {
    pool,
    chain: port,
    settings,
    keys: { sponsor: chain.keys.sponsor, settler: options.settler ?? chain.keys.settler },
    log,
  };
  const history = rpcHistory({ urls: settings.urls, program: settings.program });
  const rail = escrowRail(carrying, { history, key });
  await rail.announce();
  const wallets = new Map<string, string>([[acme, publisher.address]]);
  const payoutWalletOf = async (account: AccountId) => wallets.get(account) ?? null;
  const desk = escrowDesk({ pool, chain: port, settings, payoutWalletOf });
  const read: Behaviour = ({ input }) => ({ output: { text: input }, price: money("microcredits", PRICE), detail: {} });
  const { ports } = studio.portsWith(new Map<AgentId, Behaviour>([[reader, read]]));

  const rig = {
    ...{ pool, settings, desk, rail, said, wallets },
    ports: { ...ports, credits: escrowCredits(pool, ledgerCredits(pool)) },

    async offer(run: RunId, plan: Plan, more: { owner?: AccountId; wallet?: string } = {}) {
      const funding = fundingOf(plan);
      if (!funding.ok) throw new Error(funding.error.code);
      const { owner = eve, wallet = payer.address } = more;
      const start = { flow: "f" as never, input: { text: "hello" } };
      const asked = {
        run,
        owner,
        wallet,
        plan: digestOf(plan),
        windowSeconds: settings.windowSeconds,
        start,
        ...funding.value,
      };
      return desk.offer(asked);
    },

    /** Offers, signs as the payer's wallet does, and hands it over. */
    async fund(run: RunId, plan: Plan): Promise<Offer> {
      // Asked again while the chain does not answer, as a screen does.
      let offer = await rig.offer(run, plan);
      for (let again = 0; !offer.ok && offer.error.code === "chain_unreachable" && again < 20; again++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        offer = await rig.offer(run, plan);
      }
      if (!offer.ok)
        throw new Error(JSON.stringify(offer.error, (_, value) => (typeof value === "bigint" ? String(value) : value)));
      const handed = await desk.submit({
        owner: eve,
        intent: offer.value.intent,
        signed: await walletSigns(offer.value.transaction, payer),
      });
      if (!handed.ok) throw new Error(handed.error.code);
      return offer.value;
    },

    /** Lets the worker's rail go on until this holds. */
    async until(holds: () => Promise<boolean>, tries = 400): Promise<void> {
      for (let round = 0; round < tries; round++) {
        await rail.carry();
        if (await holds()) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`it never held: ${said.slice(-8).join("\n")}`);
    },

    stands: async (run: RunId) => (await desk.ofRun(eve, run))?.stands,
    intents: async (run: RunId) => (await desk.ofRun(eve, run))?.intents ?? [],

    /** Puts the run before the driver, as the worker does once its escrow is there. */
    start: (run: RunId, plan: Plan) => startOnEscrow(pool, run, plan),

    /** Transactions of our program that the chain has, without those that failed. */
    async transactions(): Promise<string[]> {
      const found = await place.call<{ signature: string; err: unknown }[]>(
        "getSignaturesForAddress",
        chain.escrowProgram,
        { commitment: "confirmed" },
      );
      return found.filter((each) => each.err === null).map(({ signature }) => signature);
    },
  };
  return rig;
}

export async function walletSigns(transaction: string, wallet: KeyPairSigner): Promise<string> {
  const found = getTransactionDecoder().decode(Uint8Array.from(Buffer.from(transaction, "base64")));
  return getBase64EncodedWireTransaction(await partiallySignTransaction([wallet.keyPair], found));
}

/** So many calls of acme, one after the other, each at the same price. */
export function callsOf(count: number): Plan {
  const price = money("microcredits", PRICE);
  return planOf(
    Array.from({ length: count }, (_, place) =>
      callStep(`c${place}`, place === 0 ? [] : [{ step: place - 1, port: "done" }], { price, cap: price }),
    ),
  );
}

async function startOnEscrow(pool: Pool, run: RunId, plan: Plan): Promise<void> {
  const hash = digestOf(plan);
  const funding = fundingOf(plan);
  const budget = money("usdc_base", funding.ok ? funding.value.cap : UsdcBase.parse(0n));
  const input = await postgresValues(pool).put({ text: "hello" });
  const event = { type: "run_started", run, plan: hash, payer: eve, budget, input, policy: null };
  await pool.query("insert into plan (hash, body) values ($1, $2) on conflict do nothing", [hash, toStored(plan)]);
  await pool.query(
    `insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, wake_at)
     values ($1, $4, 'f', 1, 'Flow', $2, 'usdc_base', $3, now())`,
    [run, hash, budget.amount.toString(), eve],
  );
  await pool.query("insert into run_inbox (run_id, key, event) values ($1, 'start', $2)", [run, toStored(event)]);
  await pool.query("select pg_notify('run_mail', $1)", [run]);
}

export const runNamed = (name: string) => RunId.parse(name);

export type EscrowRig = Awaited<ReturnType<typeof escrowRig>>;

/** As the wallet of a payer or an arbiter sends it, without the studio. */
export async function sentTo(
  place: EscrowChain,
  instructions: readonly Instruction[],
  signer: KeyPairSigner,
): Promise<void> {
  const rpc = createSolanaRpc(place.chain.rpcUrl);
  await place.call("requestAirdrop", signer.address, 1_000_000_000);
  const { value: lifetime } = await rpc.getLatestBlockhash().send();
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageFeePayerSigner(signer, empty),
    (paid) => setTransactionMessageLifetimeUsingBlockhash(lifetime, paid),
    (timed) => appendTransactionMessageInstructions(instructions, timed),
  );
  const whole = await signTransactionMessageWithSigners(message);
  await rpc.sendTransaction(getBase64EncodedWireTransaction(whole), { encoding: "base64" }).send();
}
