import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPairSigner } from "@solana/kit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { build, bundleFile } from "@/server/launch/build.mjs";
import { freePort } from "@/server/launch/ports.mjs";
import { answers } from "@/server/launch/services.mjs";
import { until } from "@/server/launch/waiting.mjs";
import { asking } from "./asking.contract";
import { readKeys } from "./keys";
import { transfer } from "./paying.contract";

const ROUNDS = 6;
const PAYERS = 4;
const AMOUNT = 1_000_000n;

let folder: string;
beforeAll(async () => {
  await build({ pages: false, bundles: ["chain"] });
  folder = mkdtempSync(join(tmpdir(), "local-chain-killed-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function started(port: number): Promise<ChildProcess> {
  const where = [`--folder=${join(folder, "chain")}`, `--keys=${join(folder, "keys")}`];
  const child = spawn(
    process.execPath,
    [bundleFile("chain"), ...where, "--programs=programs/built", `--port=${port}`],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  expect(await until(answers(`http://127.0.0.1:${port}/health`), { forMs: 30_000 })).toBe(true);
  return child;
}

const Balance = z.object({ value: z.number() });
const About = z.object({ slot: z.number(), unixTimestamp: z.number() });

test("killed at any moment under load, the chain comes back with everything that it had confirmed, once", async () => {
  const port = await freePort();
  const rpcUrl = `http://127.0.0.1:${port}`;
  const ask = asking(rpcUrl);
  const { address: to } = await generateKeyPairSigner();
  const confirmed = new Set<string>();
  const asked = new Map<string, bigint>();
  let seen = { slot: 0, unixTimestamp: 0 };

  for (let round = 0; round < ROUNDS; round += 1) {
    const child = await started(port);
    const { sponsor } = await readKeys(join(folder, "keys"));
    const after = About.parse((await ask("studio_chain")).result);
    expect(after.slot).toBeGreaterThanOrEqual(seen.slot);
    expect(after.unixTimestamp).toBeGreaterThanOrEqual(seen.unixTimestamp);
    let ended = false;
    const pay = async () => {
      while (!ended) {
        const amount = AMOUNT + BigInt(asked.size); // two alike in one slot would be one transaction
        const sent = await transfer(rpcUrl, sponsor, { to, amount });
        asked.set(sent.signature, amount);
        const { result } = await sent.send();
        if (result === sent.signature) confirmed.add(sent.signature);
        seen = About.parse((await ask("studio_chain")).result);
      }
    };
    const working = Array.from({ length: PAYERS }, () => pay().catch(() => undefined)); // the cut is what is tried
    const enough = confirmed.size + 1 + Math.floor(Math.random() * 40);
    await until(() => confirmed.size >= enough, { forMs: 20_000, everyMs: 1 });
    child.kill("SIGKILL");
    await once(child, "exit");
    ended = true;
    await Promise.all(working);
  }
  const last = await started(port);
  const statuses = await Promise.all(
    [...asked.keys()].map(async (signature) => {
      const { result } = await ask("getSignatureStatuses", [signature], { searchTransactionHistory: true });
      return { signature, landed: z.object({ value: z.array(z.unknown()) }).parse(result).value[0] !== null };
    }),
  );
  const landed = new Set(statuses.filter((one) => one.landed).map(({ signature }) => signature));
  expect([...confirmed].filter((signature) => !landed.has(signature))).toEqual([]);
  const { value } = Balance.parse((await ask("getBalance", to, { commitment: "confirmed" })).result);
  expect(BigInt(value)).toBe([...landed].reduce((sum, signature) => sum + (asked.get(signature) ?? 0n), 0n));
  last.kill("SIGTERM");
  await once(last, "exit");
}, 180_000);
