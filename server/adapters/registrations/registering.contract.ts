import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Address,
  addSignersToTransactionMessage,
  appendTransactionMessageInstructions,
  createSolanaRpc,
  createTransactionMessage,
  generateKeyPairSigner,
  getBase64EncodedWireTransaction,
  type Instruction,
  type KeyPairSigner,
  pipe,
  setTransactionMessageComputeUnitLimit,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import type { Digest } from "@/flows/basics/ids";
import type { RegisteredState } from "@/flows/ports/registrations";
import { associatedAddress, configAddress } from "@/programs/clients/escrow-addresses";
import { readAgent, readVersion } from "@/programs/clients/registry-accounts";
import { agentAddress, nameDigest, stakeAddress, versionAddress } from "@/programs/clients/registry-addresses";
import {
  closeAgent,
  closeVersion,
  type Register,
  register,
  setAgentState,
  setVersionState,
} from "@/programs/clients/registry-instructions";
import { asking } from "@/server/chain/local/asking.contract";
import { startLocalChain } from "@/server/chain/local/start-local-chain";
import type { Noted } from "./noted";

/** A chain of our own on which agents are registered. It goes away with its folder. */
export async function startedChain(options: { finalizedAfter?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "registrations-"));
  const chain = await startLocalChain({ folder, slotMs: 50, ...options });
  const rpc = createSolanaRpc(chain.rpcUrl);
  const ask = asking(chain.rpcUrl);
  const { sponsor, arbiter, house } = chain.keys;
  const forfeit = await associatedAddress(house.address, chain.usdcMint);

  let sent = 0;
  async function send(instructions: readonly Instruction[], signers: readonly KeyPairSigner[]): Promise<void> {
    const { value: lifetime } = await rpc.getLatestBlockhash().send();
    sent += 1;
    const message = pipe(
      createTransactionMessage({ version: 0 }),
      (empty) => setTransactionMessageFeePayerSigner(sponsor, empty),
      (paid) => setTransactionMessageLifetimeUsingBlockhash(lifetime, paid),
      (timed) => appendTransactionMessageInstructions(instructions, timed),
      (whole) => addSignersToTransactionMessage([...signers], whole),
      // A limit of its own tells it from the same one before it: within a slot both have one blockhash.
      (signed) => setTransactionMessageComputeUnitLimit(400_000 + sent, signed),
    );
    const wire = getBase64EncodedWireTransaction(await signTransactionMessageWithSigners(message));
    await rpc.sendTransaction(wire, { encoding: "base64" }).send();
  }

  const read = async (where: Address) => {
    const { value } = await rpc.getAccountInfo(where, { encoding: "base64" }).send();
    return Uint8Array.from(Buffer.from(value?.data[0] ?? "", "base64"));
  };

  /** An agent of somebody new, registered with its first version; both are active. */
  async function registered(name: string, manifest: Digest) {
    const owner = await generateKeyPairSigner();
    const program = chain.registryProgram;
    const digest = await nameDigest(name);
    const agent = await agentAddress(program, owner.address, digest);
    const manifestBytes = Uint8Array.from(Buffer.from(manifest, "hex"));
    const terms: Register = {
      ...{ program, agent, publisher: owner.address, rentPayer: sponsor.address, name: digest },
      vault: await stakeAddress(program, agent),
      version: await versionAddress(program, agent, manifestBytes),
      ...{ mint: chain.usdcMint, config: await configAddress(program), arbiter: arbiter.address, forfeit },
      ...{ manifest: manifestBytes, price: 5n, unit: "call", mostUnits: 1 },
    };
    await ask("studio_faucet", owner.address, 1);
    const destination = await associatedAddress(owner.address, chain.usdcMint);
    const asOwner = { ...terms, owner: owner.address, destination };
    const move = async (of: "agent" | "version", state: RegisteredState) => {
      const byArbiter = state === "suspended" || state === "draft";
      const by = byArbiter ? arbiter : owner;
      const asked = { ...terms, by: by.address, state };
      await send([of === "agent" ? setAgentState(asked) : setVersionState(asked)], [by]);
    };
    const begin = async () => {
      await send([register(terms)], [owner]);
      await move("agent", "active");
      await move("version", "active");
    };
    await begin();
    return {
      publisher: owner.address,
      move,
      close: () => send([closeVersion(asOwner), closeAgent(asOwner)], [owner]),
      async again() {
        await ask("studio_advanceSlots", 100);
        await begin();
      },
      /** As whoever looks at it now would note it. */
      async noted(): Promise<Noted> {
        const [found, version] = [readAgent(await read(agent)), readVersion(await read(terms.version))];
        if (!found || !version) throw new Error("there is no such registration");
        const { registeredAt } = found;
        return { program, agent, version: terms.version, registeredAt, versionRegisteredAt: version.registeredAt };
      },
    };
  }

  return {
    chain,
    registered,
    async stop() {
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
