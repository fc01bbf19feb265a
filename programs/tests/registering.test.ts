import { lamports } from "@solana/kit";
import { expect, test } from "vitest";
import { TOKEN_2022_PROGRAM } from "@/programs/clients/escrow-addresses";
import { agentAddress, nameDigest, stakeAddress, versionAddress } from "@/programs/clients/registry-addresses";
import { registryEventsOf } from "@/programs/clients/registry-events";
import { newVersion, register } from "@/programs/clients/registry-instructions";
import { REGISTRY, START } from "./chain.contract";
import { declared, registered } from "./registered.contract";
import { type EXTENSIONS, mintBytes, tokenAccountBytes } from "./token-bytes.contract";

test("[Y1] an agent is registered with its first version, both drafts, and an indexer reads it from the log", async () => {
  const { terms, keys, registering, state, version, arbiter } = await registered(0n);
  expect(state()).toMatchObject({
    state: "draft",
    slash: "none",
    versions: 1,
    versionsOpen: 1,
    registeredAt: START,
    ...{ staked: 0n, leaving: 0n, slashedTotal: 0n, heir: undefined },
    ...{ publisher: keys.owner.address, owner: keys.owner.address, rentPayer: keys.rentPayer.address },
    ...{ arbiter: arbiter.address, forfeit: terms.forfeit, mint: terms.mint, vault: terms.vault, name: terms.name },
  });
  expect(version()).toEqual({
    ...{ state: "draft", number: 0, price: 5_000n, mostUnits: 1, unit: "call", registeredAt: START },
    ...{ agent: terms.agent, manifest: terms.manifest, rentPayer: keys.rentPayer.address },
  });
  expect(registryEventsOf(registering.log, REGISTRY)).toEqual([
    {
      kind: "registered",
      ...{ agent: terms.agent, publisher: keys.owner.address, name: terms.name },
      ...{ manifest: terms.manifest, price: 5_000n },
    },
  ]);
});

test("[Y1] nobody takes a name under somebody else's key: each publisher has names of its own", async () => {
  const { chain, terms, keys } = await registered();
  expect(await chain.send([register(terms)], [keys.owner], keys.rentPayer)).toMatchObject({ refusal: "agent_exists" });
  const squatted = { ...terms, publisher: keys.stranger.address };
  expect(await chain.send([register(squatted)], [keys.stranger], keys.rentPayer)).toMatchObject({
    refusal: "agent_address_wrong",
  });
  const agent = await agentAddress(REGISTRY, keys.stranger.address, terms.name);
  const [vault, version] = [await stakeAddress(REGISTRY, agent), await versionAddress(REGISTRY, agent, terms.manifest)];
  const own = { ...squatted, agent, vault, version };
  expect(await chain.send([register(own)], [keys.stranger], keys.rentPayer)).toMatchObject({ ok: true });
  expect(agent).not.toBe(terms.agent);
  expect(await nameDigest("acme/reader")).toEqual(terms.name);
});

test("[Y2] an owner adds versions, numbered in order, and the same manifest once", async () => {
  const run = await registered();
  const { chain, terms, keys, asOwner } = run;
  const manifest = new Uint8Array(32).fill(8);
  const version = await versionAddress(REGISTRY, terms.agent, manifest);
  const second = { ...asOwner, manifest, version, price: 20n, unit: "counted", mostUnits: 40 } as const;
  const outcome = await chain.send([newVersion(second)], [keys.owner], keys.rentPayer);
  expect(registryEventsOf(outcome.log, REGISTRY)).toEqual([
    { kind: "version_added", agent: terms.agent, manifest, price: 20n, number: 1 },
  ]);
  expect(await chain.send([newVersion(second)], [keys.owner], keys.rentPayer)).toMatchObject({
    refusal: "version_exists",
  });
  expect(run.state()).toMatchObject({ versions: 2, versionsOpen: 2 });
  const again = { ...asOwner, version: terms.version };
  expect(await chain.send([newVersion(again)], [keys.owner], keys.rentPayer)).toMatchObject({
    refusal: "version_exists",
  });
});

test("[Y2] a version without a manifest, or at a price that cannot be, is refused", async () => {
  const { chain, terms, keys } = await declared();
  const sends = (change: Partial<typeof terms>) =>
    chain.send([register({ ...terms, ...change })], [keys.owner], keys.rentPayer);
  const none = new Uint8Array(32);
  const version = await versionAddress(REGISTRY, terms.agent, none);
  expect(await sends({ manifest: none, version })).toMatchObject({ refusal: "manifest_missing" });
  expect(await sends({ mostUnits: 2 })).toMatchObject({ refusal: "price_unit_wrong" });
  expect(await sends({ unit: "counted", mostUnits: 0 })).toMatchObject({ refusal: "price_unit_wrong" });
  expect(await sends({ unit: "counted", mostUnits: 1_000_001 })).toMatchObject({ refusal: "price_unit_wrong" });
  expect(await sends({ unit: "counted", mostUnits: 9, price: 0n })).toMatchObject({ refusal: "price_unit_wrong" });
  expect(await sends({ unit: "counted", mostUnits: 1_000_000 })).toMatchObject({ ok: true });
});

test("[Y3] lamports sent beforehand to the addresses of an agent keep nobody from registering it", async () => {
  const { chain, terms, keys } = await declared();
  for (const address of [terms.agent, terms.vault, terms.version]) chain.svm.airdrop(address, lamports(1_000_000n));
  expect(await chain.send([register(terms)], [keys.owner], keys.rentPayer)).toMatchObject({ ok: true });
});

const REFUSED: readonly (readonly [kind: keyof typeof EXTENSIONS, refusal: string])[] = [
  ["transfer_fee", "mint_transfer_fee"],
  ["hook", "mint_transfer_hook"],
  ["permanent_delegate", "mint_permanent_delegate"],
  ["pausable", "mint_pausable"],
  ["confidential", "mint_confidential"],
  ["default_frozen", "mint_default_frozen"],
  ["close_authority", "mint_extension_unknown"],
];

test.each(REFUSED)("[Y4] a mint with %s is not staked", async (kind, refusal) => {
  const { chain, terms, keys } = await declared();
  chain.put(terms.mint, mintBytes(kind), TOKEN_2022_PROGRAM);
  const bytes = tokenAccountBytes({ mint: terms.mint, owner: keys.stranger.address, amount: 0n });
  chain.put(terms.forfeit, bytes, TOKEN_2022_PROGRAM);
  const asked = register({ ...terms, tokenProgram: TOKEN_2022_PROGRAM });
  expect(await chain.send([asked], [keys.owner], keys.rentPayer)).toMatchObject({ refusal });
});

test("[Y4] a mint that the members did not name is not staked", async () => {
  const { chain, terms, keys } = await declared();
  const mint = await chain.mint();
  expect(await chain.send([register({ ...terms, mint })], [keys.owner], keys.rentPayer)).toMatchObject({
    refusal: "mint_not_allowed",
  });
});
