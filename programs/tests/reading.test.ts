import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConfig } from "@/programs/clients/config-account";
import { refusals } from "@/programs/clients/escrow-refusals";
import { registryRefusals } from "@/programs/clients/registry-refusals";
import { START } from "./chain.contract";
import { CAP, configured, DAY, opened } from "./run.contract";

test("the client knows every refusal of our programs by its number, and no other", () => {
  const source = readFileSync(new URL("../rules/src/refusal.rs", import.meta.url), "utf8");
  const snake = (name: string) => name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase();
  const inRust = [...source.matchAll(/^ {4}(\w+) = (\d+),$/gm)].map(([, name = "", code]) => [
    Number(code),
    snake(name),
  ]);
  expect(inRust.length).toBeGreaterThan(50);
  expect([...refusals(), ...registryRefusals()]).toEqual(inRust);
});

test("what was agreed to is read back from the account as it was signed", async () => {
  const { terms, state, keys } = await opened({ windowSeconds: DAY });
  expect(state()).toMatchObject({
    state: "open",
    payer: keys.payer.address,
    refund: terms.refund,
    rentPayer: keys.rentPayer.address,
    settler: keys.settler.address,
    arbiter: keys.arbiter.address,
    mint: terms.mint,
    vault: terms.vault,
    feeAccount: terms.feeAccount,
    planHash: terms.planHash,
    run: terms.run,
    cap: CAP,
    earned: 0n,
    feeBps: 250,
    windowSeconds: DAY,
    settleBy: terms.settleBy,
    expiry: terms.expiry,
    openedAt: START,
    sequence: 0n,
    payees: terms.payees.map((payee) => ({ ...payee, earned: 0n, paid: 0n, returned: 0n })),
  });
});

test("the configuration is read back as it was set", async () => {
  const { chain, config, configuring } = await configured();
  expect(readConfig(chain.data(config) ?? new Uint8Array())).toEqual({
    threshold: 2,
    members: configuring.members,
    mints: configuring.mints,
    pausedAt: undefined,
    pausedTotal: 0n,
  });
});

test("every refusal of our programs is one that a test ends in", () => {
  const folder = new URL(".", import.meta.url);
  const tests = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
  const told = tests.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
  expect([...refusals(), ...registryRefusals()].filter(([, name]) => !told.includes(`"${name}"`))).toEqual([]);
});
