import { generateKeyPairSigner } from "@solana/kit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openEscrow } from "@/e2e/fixtures/open-escrow";
import type { ExplorerPort } from "@/flows/ports/explorer";
import { asking } from "@/server/chain/local/asking.contract";
import { triedChain } from "@/server/chain/local/paying.contract";
import { rpcExplorer } from "./rpc";

const NOWHERE = "http://127.0.0.1:9"; // nothing listens there

let tried: Awaited<ReturnType<typeof triedChain>>;
let explorer: ExplorerPort;
let opened: Awaited<ReturnType<typeof openEscrow>>;
beforeAll(async () => {
  tried = await triedChain({ slotMs: 50 });
  const { rpcUrl, escrowProgram, usdcMint } = tried.chain;
  explorer = rpcExplorer({ urls: [NOWHERE, rpcUrl], escrowProgram, usdcMint, registryProgram: undefined }); // the first server is down
  opened = await openEscrow(rpcUrl);
});
afterAll(() => tried.end());

test("a local chain is called by its name and says that it is simulated", async () => {
  const overview = await explorer.overview();
  expect(overview).toMatchObject({ ok: true, value: { cluster: { name: "Local chain", simulated: true } } });
  const listed = overview.ok ? overview.value.latest.map(({ signature }) => signature) : [];
  expect(listed).toEqual(expect.arrayContaining([opened.opening, opened.gift]));
});

test("a transaction of the escrow program is told in words, with whose tokens moved", async () => {
  const shown = await explorer.transaction(opened.opening);
  expect(shown).toMatchObject({
    ok: true,
    value: {
      failed: null,
      fee: 5_000n,
      signers: [opened.payer],
      version: "0",
      instructions: [{ name: "Escrow", what: "Open an escrow" }],
      events: ["An escrow was opened with a cap of 2.50 USDC."],
    },
  });
  const changes = shown.ok ? shown.value.changes : [];
  expect(changes.map(({ after, before, symbol }) => [after - before, symbol])).toEqual(
    expect.arrayContaining([
      [-2_500_000n, "USDC (local)"],
      [2_500_000n, "USDC (local)"],
    ]),
  );
});

test("what was done in the registry is told in words: a local chain says itself where it is", async () => {
  const { rpcUrl, registryProgram, keys } = tried.chain;
  const listed = await asking(rpcUrl)("getSignaturesForAddress", registryProgram, { commitment: "confirmed" });
  const [{ signature }] = z.tuple([z.object({ signature: z.string() })], z.unknown()).parse(listed.result);
  expect(await explorer.transaction(signature)).toMatchObject({
    ok: true,
    value: {
      instructions: [{ name: "Registry", what: "Configure the registry", program: registryProgram }],
      events: [`The registry was configured; 1 must agree, and ${keys.arbiter.address} is the arbiter.`],
    },
  });
});

test("an escrow's account is read as its terms", async () => {
  expect(await explorer.account(opened.escrow)).toMatchObject({
    ok: true,
    value: {
      kind: "escrow",
      escrow: {
        state: "open",
        cap: 2_500_000n,
        payer: opened.payer,
        payees: [{ account: opened.payee, cap: 2_000_000n }],
      },
    },
  });
  expect(await explorer.account(opened.payer)).toMatchObject({
    ok: true,
    value: { kind: "wallet", tokens: [{ amount: 7_500_000n, symbol: "USDC (local)" }] },
  });
  expect(await explorer.account(opened.mint)).toMatchObject({ ok: true, value: { kind: "mint" } });
  expect(await explorer.account(opened.program)).toMatchObject({ ok: true, value: { kind: "program" } });
});

test("what is not there, and a chain that does not answer, are told as such", async () => {
  const { address } = await generateKeyPairSigner();
  expect(await explorer.account(address)).toMatchObject({ ok: true, value: { kind: "nothing", lamports: 0n } });
  const signature = "5".repeat(87);
  expect(await explorer.transaction(signature)).toEqual({
    ok: false,
    error: { code: "transaction_not_found", signature },
  });
  const unknown = { escrowProgram: undefined, usdcMint: undefined, registryProgram: undefined };
  const nowhere = rpcExplorer({ ...unknown, urls: [NOWHERE] });
  expect(await nowhere.overview()).toMatchObject({ ok: false, error: { code: "chain_unreachable" } });
  const none = rpcExplorer({ ...unknown, urls: [] });
  expect(await none.overview()).toEqual({ ok: false, error: { code: "chain_absent" } });
});
