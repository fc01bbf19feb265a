import { expect, test } from "vitest";
import { AgentId } from "@/flows/basics/ids";
import { err, ok } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { ChainAccounts } from "@/flows/ports/chain";
import { chainRegistrations, GOOD_FOR_SLOTS } from "./chain-registrations";
import type { Noted } from "./noted";

const agent = AgentId.parse("acme/echo@1.0.0");

/** A port on accounts that a test puts there, with a clock of its own. */
function rig(chain: { accounts(): Promise<ReturnType<typeof ok<ChainAccounts>>> } | null) {
  const at = { ms: 0, asked: 0 };
  const noted: Noted = { program: "P", agent: "A", version: "V", registeredAt: 1n, versionRegisteredAt: 1n };
  const counted = chain && {
    accounts: () => {
      at.asked += 1;
      return chain.accounts();
    },
  };
  const port = chainRegistrations({ noted: async () => noted, chain: counted, now: () => at.ms });
  return { at, check: () => port.check(agent, digestOf("anything")) };
}

test("an answer is good for so many slots and is asked for anew after that", async () => {
  const { at, check } = rig({ accounts: async () => ok({ slot: 1_000n, accounts: [null, null] }) });
  expect(await check()).toEqual(err({ code: "registration_gone" }));
  at.ms = Number(GOOD_FOR_SLOTS) * 400 + 399;
  await check();
  expect(at.asked).toBe(1);
  at.ms += 1;
  await check();
  expect(at.asked).toBe(2);
});

test("a server that is far behind what was seen already is not believed", async () => {
  let slot = 1_000n;
  const { at, check } = rig({ accounts: async () => ok({ slot, accounts: [null, null] }) });
  await check();
  at.ms = 60_000;
  slot = 849n;
  expect(await check()).toMatchObject({ error: { code: "chain_unknown" } });
  slot = 850n;
  expect(await check()).toEqual(err({ code: "registration_gone" }));
});

test("what another program wrote is no registration, and without a chain nobody can say anything", async () => {
  const account = { owner: "somebody else", lamports: 1n, data: new Uint8Array(392).fill(3) };
  const { check } = rig({ accounts: async () => ok({ slot: 1n, accounts: [account, account] }) });
  expect(await check()).toEqual(err({ code: "registration_gone" }));
  expect(await rig(null).check()).toMatchObject({ error: { code: "chain_unknown" } });
});
