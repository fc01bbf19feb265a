import type { Address } from "@solana/kit";
import { expect, test } from "vitest";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import {
  closeAgent,
  configureRegistry,
  proposeSlash,
  setVersionState,
  stake,
} from "@/programs/clients/registry-instructions";
import { registryEventWords, registryInstruction } from "./registry-words";

const at = (letter: string) => letter.repeat(32) as Address;
const agent = { program: at("P"), agent: at("A"), owner: at("B"), vault: at("C"), mint: at("D") };

test("what an instruction of the registry asks for is told by its number, and one that nobody knows as such", () => {
  const by = { ...agent, arbiter: SYSTEM_PROGRAM, by: at("B"), version: at("F"), rentPayer: at("G") };
  const rules = { config: at("H"), programData: at("J"), signers: [], threshold: 1, members: [], mints: [] };
  const asked = [
    stake({ ...agent, source: at("K"), amount: 1n }),
    setVersionState({ ...by, state: "active" }),
    proposeSlash({ ...by, amount: 1n, cause: new Uint8Array(32) }),
    closeAgent({ ...by, destination: at("K") }),
    configureRegistry({ ...by, ...rules }),
  ];
  expect(asked.map(({ data }) => registryInstruction(Uint8Array.from(data ?? [])))).toEqual([
    "Stake on an agent",
    "Move a version to another state",
    "Propose to slash stake",
    "Close an agent",
    "Configure the registry",
  ]);
  expect(registryInstruction(Uint8Array.of(17))).toBe("Unknown instruction");
  expect(registryInstruction(Uint8Array.of())).toBe("Unknown instruction");
});

test("what the registry says of stake and of versions is a sentence with its amounts and days", () => {
  const { agent: of } = agent;
  const manifest = new Uint8Array(32).fill(0xab);
  expect(registryEventWords({ kind: "unstaked", agent: of, amount: 2_500_000n, leavesAt: 86_400n })).toBe(
    "2.50 USDC of stake were asked back; they can leave from 1970-01-02 on.",
  );
  expect(registryEventWords({ kind: "version_moved", agent: of, manifest, state: "suspended" })).toBe(
    "The version with manifest abababababab… is suspended now.",
  );
  expect(registryEventWords({ kind: "version_moved", agent: of, manifest, state: undefined })).toContain(
    "unknown state",
  );
});
