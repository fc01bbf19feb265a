import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rail } from "./rail.mjs";

let secrets: string;
beforeEach(() => {
  secrets = mkdtempSync(join(tmpdir(), "rail-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(secrets, { recursive: true, force: true });
});

test("without an operator's chain the processes are told of the local one, twice the same, by keys that are private", () => {
  vi.stubEnv("SOLANA_RPC_URL", undefined);
  const first = rail({ secrets, port: 4000 });
  expect(first.localUrl).toBe("http://127.0.0.1:4000");
  expect(rail({ secrets, port: 4000 })).toEqual(first);
  expect(Object.values(first.keyFiles).map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  const told = JSON.stringify(first.addresses);
  for (const file of Object.values(first.keyFiles)) expect(told).not.toContain(readFileSync(file, "utf8"));
});

test("an operator's chain is left as it is told, and neither a token nor a place of the program is made up for it", () => {
  vi.stubEnv("SOLANA_RPC_URL", "https://rpc.example");
  const { addresses, keyFiles, localUrl } = rail({ secrets, port: 4000 });
  expect(localUrl).toBe(undefined);
  expect(Object.keys(addresses)).toEqual(["ESCROW_SETTLER", "ESCROW_SPONSOR"]);
  expect(Object.keys(keyFiles)).toEqual(["SETTLER_KEY_FILE", "SPONSOR_KEY_FILE"]);
});
