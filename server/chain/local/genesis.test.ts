import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSolanaRpc, generateKeyPairSigner, isAddress } from "@solana/kit";
import { fetchMint, fetchToken } from "@solana-program/token";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "@/programs/clients/config-account";
import { associatedAddress, configAddress, programDataAddress } from "@/programs/clients/escrow-addresses";
import { readRegistryConfig } from "@/programs/clients/registry-accounts";
import { asking } from "./asking.contract";
import { triedChain } from "./paying.contract";
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

test("a new chain has the escrow program, configured for the test token and a known key that pauses", async () => {
  const rpc = createSolanaRpc(chain.rpcUrl);
  const { value: program } = await rpc.getAccountInfo(chain.escrowProgram, { encoding: "base64" }).send();
  expect(program).toMatchObject({ executable: true, owner: "BPFLoaderUpgradeab1e11111111111111111111111" });
  const where = await configAddress(chain.escrowProgram);
  const { value: config } = await rpc.getAccountInfo(where, { encoding: "base64" }).send();
  expect(readConfig(Uint8Array.from(Buffer.from(config?.data[0] ?? "", "base64")))).toMatchObject({
    threshold: 1,
    members: [chain.keys.pause.address],
    mints: [chain.usdcMint],
  });
});

test("it has the registry, too: the arbiter judges, the pause key decides, and slashed stake goes to the house", async () => {
  const rpc = createSolanaRpc(chain.rpcUrl);
  const { value: config } = await rpc
    .getAccountInfo(await configAddress(chain.registryProgram), { encoding: "base64" })
    .send();
  const forfeit = await associatedAddress(chain.keys.house.address, chain.usdcMint);
  expect(readRegistryConfig(Uint8Array.from(Buffer.from(config?.data[0] ?? "", "base64")))).toEqual({
    threshold: 1,
    arbiter: chain.keys.arbiter.address,
    members: [chain.keys.pause.address],
    mints: [{ mint: chain.usdcMint, forfeit }],
  });
  const { mint, owner, amount } = (await fetchToken(rpc, forfeit)).data;
  expect({ mint, owner, amount }).toEqual({ mint: chain.usdcMint, owner: chain.keys.house.address, amount: 0n });
});

test("the faucet gives test USDC with six decimals, twice in a row", async () => {
  const rpc = createSolanaRpc(chain.rpcUrl);
  const { address } = await generateKeyPairSigner();
  const ask = asking(chain.rpcUrl);
  const Given = z.object({ account: z.string().refine(isAddress) });
  const first = Given.parse((await ask("studio_faucet", address, 1_500_000)).result);
  const second = Given.parse((await ask("studio_faucet", address, 1_500_000)).result);
  expect(second.account).toBe(first.account);
  expect((await fetchToken(rpc, first.account)).data).toMatchObject({ mint: chain.usdcMint, amount: 3_000_000n });
  expect((await fetchMint(rpc, chain.usdcMint)).data.decimals).toBe(6);
  const { value } = await rpc
    .getTokenAccountsByOwner(address, { mint: chain.usdcMint }, { encoding: "jsonParsed" })
    .send();
  expect(value[0]?.account.data.parsed.info.tokenAmount.uiAmountString).toBe("3");
});

test("each key lies in a file that only its owner reads, and is made once", async () => {
  const keys = join(folder, "keys");
  expect(readdirSync(keys).map((file) => statSync(join(keys, file)).mode & 0o777)).toEqual(Array(8).fill(0o600));
});

test("a chain that is started again with another program than before runs that one, and keeps its accounts", async () => {
  const programs = mkdtempSync(join(tmpdir(), "programs-"));
  const tried = await triedChain({ programs: "programs/built" });
  const { address } = await generateKeyPairSigner();
  await tried.ask("studio_faucet", address, 5);
  await tried.chain.stop();
  const code = readFileSync("programs/built/escrow.so");
  writeFileSync(join(programs, "escrow.so"), Buffer.concat([code, Buffer.alloc(8)]));
  const again = await startLocalChain({ folder: tried.folder, programs });
  const rpc = createSolanaRpc(again.rpcUrl);
  const where = await programDataAddress(again.escrowProgram);
  const { value } = await rpc.getAccountInfo(where, { encoding: "base64", dataSlice: { offset: 0, length: 0 } }).send();
  expect(value?.space).toBe(BigInt(45 + code.length + 8));
  const tokens = await rpc.getTokenAccountsByOwner(address, { mint: again.usdcMint }, { encoding: "base64" }).send();
  expect(tokens.value).toHaveLength(1);
  await again.stop();
  for (const one of [programs, tried.folder]) rmSync(one, { recursive: true, force: true });
});
