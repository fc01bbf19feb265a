import { AccountRole, address, type Instruction } from "@solana/kit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chainContract } from "@/flows/ports/chain.contract";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import { number, packed } from "@/programs/clients/packing";
import { messageOf, signedBy, unsigned } from "@/server/adapters/escrow/messages";
import { rpcChain } from "@/server/adapters/escrow/rpc-chain";
import { type EscrowChain, startEscrowChain } from "./escrow-rig.contract";

let place: EscrowChain;
beforeAll(async () => {
  place = await startEscrowChain({ finalizedAfter: 32 });
});
afterAll(() => place.stop());

const NOWHERE = "http://127.0.0.1:1"; // nothing listens there
const chainAt = (...urls: string[]) => rpcChain({ urls, commitment: "confirmed", timeoutMs: 5_000 });

async function made(lifetime: Parameters<typeof unsigned>[0]["lifetime"]) {
  const { sponsor } = place.chain.keys;
  const to = (await place.wallet()).address;
  const transfer: Instruction = {
    programAddress: SYSTEM_PROGRAM,
    accounts: [
      { address: sponsor.address, role: AccountRole.WRITABLE_SIGNER },
      { address: to, role: AccountRole.WRITABLE },
    ],
    data: packed([number(2, 4), number(1_000_000, 8)]),
  };
  const limits = { computeUnits: 10_000, price: 0n };
  const message = unsigned({ version: 0, feePayer: sponsor.address, lifetime, limits, instructions: [transfer] });
  const { bytes, signature } = await signedBy(message, [sponsor]);
  return { transaction: bytes, signature, message: messageOf(message) };
}

chainContract("servers of a cluster, the first of which is down", async () => {
  await place.fault();
  return {
    chain: chainAt(NOWHERE, place.chain.rpcUrl),
    made,
    nextSend: async (fault) =>
      void (await place.fault({ kind: fault === "drop" ? "drop" : "cut", method: "sendTransaction" })),
    pass: async (blocks) => void (await place.pass(blocks)),
  };
});

test("where no server answers, nothing is known", async () => {
  const chain = chainAt(NOWHERE);
  const unknown = { ok: false, error: { code: "outcome_unknown" } };
  expect(await chain.lifetime()).toMatchObject(unknown);
  expect(await chain.look("1".repeat(64))).toMatchObject(unknown);
  expect(await chain.send("AA==")).toMatchObject(unknown);
  expect(await chain.account(SYSTEM_PROGRAM)).toMatchObject(unknown);
});

test("an account, a fee and a rent are read as they stand on the chain", async () => {
  const chain = chainAt(place.chain.rpcUrl);
  expect(await chain.account(place.chain.usdcMint)).toMatchObject({
    ok: true,
    value: { data: expect.any(Uint8Array) },
  });
  expect(await chain.account(address((await place.wallet()).address))).toEqual({ ok: true, value: null });
  const lifetime = await chain.lifetime();
  if (!lifetime.ok) throw new Error(lifetime.error.reason);
  expect(await chain.feeOf((await made(lifetime.value)).message)).toEqual({ ok: true, value: 5_000n });
});
