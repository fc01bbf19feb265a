import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Address,
  address,
  addSignersToTransactionMessage,
  appendTransactionMessageInstructions,
  blockhash,
  createTransactionMessage,
  getBase64Decoder,
  getTransactionEncoder,
  type Instruction,
  type KeyPairSigner,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { configure } from "@/programs/clients/config-instructions";
import {
  associatedAddress,
  configAddress,
  programDataAddress,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from "@/programs/clients/escrow-addresses";
import { key, number, packed } from "@/programs/clients/packing";
import { type ConfigureRegistry, configureRegistry } from "@/programs/clients/registry-instructions";
import { WINDOW } from "./blockhashes";
import type { Chain } from "./chain";
import type { Written } from "./journal";
import type { Keys } from "./keys";
import { readParcel } from "./message";

const LOADER = address("BPFLoaderUpgradeab1e11111111111111111111111");
export const ESCROW_PROGRAM = address("EscRowProgram111111111111111111111111111111");
export const REGISTRY_PROGRAM = address("RegistryProgram1111111111111111111111111111");
/** Where the built programs are deployed, by their file. */
const PROGRAMS: Readonly<Record<string, Address>> = { "escrow.so": ESCROW_PROGRAM, "registry.so": REGISTRY_PROGRAM };

export const USDC_SYMBOL = "USDC (local)";
const USDC_DECIMALS = 6;
const SOL = 1_000_000_000n;
const FAUCET_SOL = 500_000_000n;
const SPONSOR_SOL = 1_000n;
const OTHERS_SOL = 10n;

/** What a local chain began with, for whoever uses it. */
export type Genesis = {
  readonly keys: Keys;
  readonly escrowProgram: Address;
  readonly registryProgram: Address;
  readonly usdcMint: Address;
};

/** The name of a chain follows from its keys, and its blockhashes from the name. */
export const nameOf = (keys: Keys): string =>
  createHash("sha256")
    .update(
      Object.values(keys)
        .map(({ address: one }) => one)
        .join(" "),
    )
    .digest("hex");

/**
 * Puts onto a new chain what the studio needs: the built programs with a known upgrade authority, a token for tests
 * that the faucet mints, funded keys, and the programs' configurations. A chain that has it is left alone, so a
 * genesis that a kill cut short is finished at the next start.
 */
export async function bringAbout(chain: Chain, keys: Keys, programs: string): Promise<Genesis> {
  const programIds = { escrowProgram: ESCROW_PROGRAM, registryProgram: REGISTRY_PROGRAM };
  const genesis = { keys, ...programIds, usdcMint: keys.usdcMint.address };
  const forfeit = await associatedAddress(keys.house.address, genesis.usdcMint);
  const missing = (all: readonly Written[]) => all.filter((one) => !chain.machine.account(one.address));
  const isOther = (one: Written) => {
    const now = chain.machine.account(one.address);
    return !now || getBase64Decoder().decode(now.data) !== one.data;
  };
  const rent = (bytes: number) => chain.machine.rent(BigInt(bytes));
  const accounts = missing([
    wallet(keys.faucet, FAUCET_SOL),
    wallet(keys.sponsor, SPONSOR_SOL),
    ...[keys.settler, keys.house, keys.arbiter, keys.pause, keys.upgrade].map((one) => wallet(one, OTHERS_SOL)),
    { ...written(genesis.usdcMint, TOKEN_PROGRAM, mintOf(keys.faucet.address)), lamports: String(rent(82)) },
    {
      ...written(forfeit, TOKEN_PROGRAM, accountOf(genesis.usdcMint, keys.house.address)),
      lamports: String(rent(165)),
    },
  ]);
  // A studio that was updated brings its programs along: one whose bytes are others is upgraded, its accounts stay.
  for (const program of await deployed(programs, keys.upgrade.address, rent))
    if (program.some(isOther)) accounts.push(...program);
  if (accounts.length > 0) chain.put(accounts);
  await configured({ chain, keys }, ESCROW_PROGRAM, (asked) =>
    configure({ ...asked, threshold: 1, members: [keys.pause.address], mints: [genesis.usdcMint] }),
  );
  await configured({ chain, keys }, REGISTRY_PROGRAM, (asked) => {
    const [members, mints] = [[keys.pause.address], [{ mint: genesis.usdcMint, forfeit }]];
    return configureRegistry({ ...asked, threshold: 1, arbiter: keys.arbiter.address, members, mints });
  });
  await chain.synced();
  return genesis;
}

type Asked = Pick<ConfigureRegistry, "program" | "config" | "rentPayer" | "programData" | "signers">;

/** Makes the configuration of a program, unless it has one. */
async function configured(on: { chain: Chain; keys: Keys }, program: Address, ask: (asked: Asked) => Instruction) {
  const { chain, keys } = on;
  const config = await configAddress(program);
  if (chain.machine.account(config)) return;
  const programData = await programDataAddress(program);
  const asked = { program, config, programData, rentPayer: keys.sponsor.address, signers: [keys.upgrade.address] };
  await sent(chain, [ask(asked)], [keys.sponsor, keys.upgrade]);
}

const wallet = ({ address: where }: KeyPairSigner, sol: bigint): Written => ({
  ...written(where, SYSTEM_PROGRAM, new Uint8Array()),
  lamports: String(sol * SOL),
});

const written = (where: Address, owner: Address, data: Uint8Array): Omit<Written, "lamports"> => ({
  ...{ address: where, owner, executable: false },
  data: getBase64Decoder().decode(data),
});

/** A mint of the token program: 6 decimals, minted by the faucet, frozen by nobody. */
const mintOf = (authority: Address): Uint8Array =>
  packed([number(1, 4), key(authority), number(0, 8), number(USDC_DECIMALS, 1), number(1, 1), new Uint8Array(36)]);

/** An empty account of a token: nobody may spend from it but its owner, and it is not frozen. */
const accountOf = (mint: Address, owner: Address): Uint8Array =>
  packed([key(mint), key(owner), new Uint8Array(44), number(1, 1), new Uint8Array(56)]);

/** The accounts of every built program, as the upgradeable loader keeps them. */
async function deployed(folder: string, upgrader: Address, rent: (bytes: number) => bigint): Promise<Written[][]> {
  const built = readdirSync(folder).filter((file) => file.endsWith(".so"));
  const unknown = built.filter((file) => !PROGRAMS[file]);
  if (unknown.length > 0) throw new Error(`No address is known for ${unknown.join(", ")} in ${folder}`);
  const all = built.map(async (file) => {
    const where = PROGRAMS[file] ?? ESCROW_PROGRAM;
    const code = await programDataAddress(where);
    const data = packed([number(3, 4), number(0, 8), number(1, 1), key(upgrader), readFileSync(join(folder, file))]);
    const entry = packed([number(2, 4), key(code)]);
    return [
      { ...written(code, LOADER, data), lamports: String(rent(data.length)) },
      { ...written(where, LOADER, entry), lamports: String(rent(entry.length)), executable: true },
    ];
  });
  return Promise.all(all);
}

/** Sends a transaction of the chain's own keys. Errors: throws with the log when it fails, which is a bug here. */
export async function sent(
  chain: Chain,
  instructions: readonly Instruction[],
  [payer, ...others]: readonly [KeyPairSigner, ...KeyPairSigner[]],
): Promise<string> {
  const { slot } = chain.now();
  const lifetime = { blockhash: blockhash(chain.hashes.of(slot)), lastValidBlockHeight: BigInt(slot + WINDOW) };
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageFeePayerSigner(payer, empty),
    (paid) => setTransactionMessageLifetimeUsingBlockhash(lifetime, paid),
    (timed) => appendTransactionMessageInstructions(instructions, timed),
    (whole) => addSignersToTransactionMessage(others, whole),
  );
  const signed = await signTransactionMessageWithSigners(message);
  const read = readParcel(Uint8Array.from(getTransactionEncoder().encode(signed)));
  if (!read.ok) throw new Error(`Our own transaction cannot be read: ${read.error}`);
  const taken = chain.take(read.value);
  if (!taken.ok) throw new Error(`Our own transaction was not taken: ${JSON.stringify(taken.run.failure)}`);
  const { failure, logs } = chain.landed(taken.known);
  if (failure !== null) throw new Error(`Our own transaction failed: ${JSON.stringify(failure)}\n${logs.join("\n")}`);
  await chain.synced();
  return read.value.signature;
}
