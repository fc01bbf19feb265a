import { type Address, lamports } from "@solana/kit";
import { configAddress, programDataAddress } from "@/programs/clients/escrow-addresses";
import { readAgent, readVersion } from "@/programs/clients/registry-accounts";
import { agentAddress, nameDigest, stakeAddress, versionAddress } from "@/programs/clients/registry-addresses";
import {
  configureRegistry,
  executeSlash,
  type Register,
  register,
  setAgentState,
  setVersionState,
  stake,
} from "@/programs/clients/registry-instructions";
import { REGISTRY, startChain } from "./chain.contract";
import { signer } from "./run.contract";
import { tokenAccountBytes } from "./token-bytes.contract";

export const STAKE = 1_000_000n;
/** As the program says them: programs/rules/src/registry. Units: seconds. */
export const COOL_DOWN = 21 * 86_400;
export const CONTEST = 7 * 86_400;
export const DECIDE = 30 * 86_400;
export const EXECUTE = 30 * 86_400;

const CAUSE = new Uint8Array(32).fill(5);
const ANSWER = new Uint8Array(32).fill(6);

/** A registry with one kind of token, an arbiter, and two of three members to decide what is contested. */
export async function configuredRegistry() {
  const chain = await startChain();
  const mint = await chain.mint();
  const [arbiter, anna, ben, cleo, house] = await Promise.all([signer(), signer(), signer(), signer(), signer()]);
  const forfeit = await chain.tokens(mint, house.address);
  const configuring = {
    program: REGISTRY,
    config: await configAddress(REGISTRY),
    rentPayer: chain.feePayer.address,
    programData: await programDataAddress(REGISTRY),
    signers: [chain.upgrader.address],
    threshold: 2,
    arbiter: arbiter.address,
    members: [anna, ben, cleo].map(({ address }) => address),
    mints: [{ mint, forfeit }],
  };
  const outcome = await chain.send([configureRegistry(configuring)], [chain.upgrader]);
  if (!outcome.ok)
    throw new Error(`the registry could not be configured: ${outcome.refusal}\n${outcome.log.join("\n")}`);
  return { chain, mint, forfeit, configuring, arbiter, house, members: [anna, ben, cleo] as const };
}

/** The parties of one agent and what it would be registered as. */
export async function declared(name = "acme/reader") {
  const registry = await configuredRegistry();
  const { chain, mint, forfeit, configuring, arbiter } = registry;
  const [owner, rentPayer, heir, stranger] = await Promise.all([signer(), signer(), signer(), signer()]);
  chain.svm.airdrop(rentPayer.address, lamports(10_000_000_000n));
  const digest = await nameDigest(name);
  const agent = await agentAddress(REGISTRY, owner.address, digest);
  const manifest = new Uint8Array(32).fill(7);
  const terms: Register = {
    program: REGISTRY,
    agent,
    vault: await stakeAddress(REGISTRY, agent),
    version: await versionAddress(REGISTRY, agent, manifest),
    publisher: owner.address,
    rentPayer: rentPayer.address,
    mint,
    config: configuring.config,
    arbiter: arbiter.address,
    forfeit,
    name: digest,
    manifest,
    price: 5_000n,
    unit: "call",
    mostUnits: 1,
  };
  const source = await chain.tokens(mint, owner.address, 10n * STAKE);
  const strangersTokens = await chain.tokens(mint, stranger.address, STAKE);
  return { ...registry, terms, keys: { owner, rentPayer, heir, stranger }, source, strangersTokens };
}

export type DeclaredAgent = Awaited<ReturnType<typeof declared>>;

/** A registered agent with stake, and the calls that its parties make when they behave. */
export async function registered(staked = STAKE) {
  const draft = await declared();
  const { chain, terms, keys, source } = draft;
  const outcome = await chain.send([register(terms)], [keys.owner], keys.rentPayer);
  if (!outcome.ok) throw new Error(`the agent could not be registered: ${outcome.refusal}\n${outcome.log.join("\n")}`);
  const asOwner = { ...terms, owner: keys.owner.address };
  if (staked > 0n) await chain.send([stake({ ...asOwner, source, amount: staked })], [keys.owner]);
  const state = () => {
    const found = readAgent(chain.data(terms.agent) ?? new Uint8Array());
    if (!found) throw new Error("there is no agent");
    return found;
  };
  return { ...draft, registering: outcome, state, ...callsOf(draft) };
}

export type Registered = Awaited<ReturnType<typeof registered>>;

/** What each party asks for; tests exchange single fields of it. */
function callsOf({ chain, terms, keys, source, members, configuring, arbiter }: DeclaredAgent) {
  const asOwner = { ...terms, owner: keys.owner.address };
  const asArbiter = { ...terms, arbiter: arbiter.address };
  return {
    asOwner,
    asArbiter,
    paying: { ...asOwner, destination: source },
    proposing: (amount: bigint) => ({ ...asArbiter, amount, cause: CAUSE }),
    contesting: { ...asOwner, answer: ANSWER },
    deciding: (amount: bigint, count = 2) => ({
      ...terms,
      config: configuring.config,
      signers: members.slice(0, count).map(({ address }) => address),
      amount,
    }),
    executing: () => chain.send([executeSlash(terms)]),
    moving: (by: Address, to: Parameters<typeof setAgentState>[0]["state"]) => ({ ...terms, by, state: to }),
    version: () => readVersion(chain.data(terms.version) ?? new Uint8Array()),
    /** Puts the agent and its version up. */
    putUp: () =>
      chain.send(
        [
          setAgentState({ ...terms, by: keys.owner.address, state: "active" }),
          setVersionState({ ...terms, by: keys.owner.address, state: "active" }),
        ],
        [keys.owner],
      ),
  };
}

/** Gives an account of tokens to somebody else, as its owner could. */
export const giveAway = ({ chain, terms, forfeit }: Registered, to: Address): void =>
  chain.put(forfeit, tokenAccountBytes({ mint: terms.mint, owner: to, amount: 0n }));
