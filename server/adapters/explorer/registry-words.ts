import type { RegistryEvent } from "@/programs/clients/registry-events";
import { amount } from "./amount";

/** The instructions of the registry, by their numbers (programs/registry/src/lib.rs). */
const INSTRUCTIONS = [
  "Register an agent",
  "Add a version of an agent",
  "Move an agent to another state",
  "Move a version to another state",
  "Stake on an agent",
  "Ask stake back",
  "Withdraw stake",
  "Propose to slash stake",
  "Contest a slash",
  "Decide a contested slash",
  "Execute a slash",
  "Take a slash back",
  "Offer an agent to another owner",
  "Accept an agent",
  "Close a version",
  "Close an agent",
  "Configure the registry",
];

/** What an instruction of the registry asks for. */
export const registryInstruction = (data: Uint8Array): string =>
  INSTRUCTIONS[data[0] ?? INSTRUCTIONS.length] ?? "Unknown instruction";

const moment = (seconds: bigint) => new Date(Number(seconds) * 1_000).toISOString().slice(0, 10);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const named = (manifest: Uint8Array) => `the version with manifest ${hex(manifest).slice(0, 12)}…`;

/** What the registry said of a transaction, in a sentence. */
export function registryEventWords(event: RegistryEvent): string {
  switch (event.kind) {
    case "registered":
      return `An agent was registered by ${event.publisher}, at ${amount(event.price)} a unit.`;
    case "version_added":
      return `Version ${event.number} of an agent was added, at ${amount(event.price)} a unit.`;
    case "agent_moved":
      return `The agent is ${event.state ?? "in an unknown state"} now.`;
    case "version_moved":
      return `${capital(named(event.manifest))} is ${event.state ?? "in an unknown state"} now.`;
    case "staked":
      return `${amount(event.amount)} were staked; ${amount(event.staked)} are staked in all.`;
    case "unstaked":
      return `${amount(event.amount)} of stake were asked back; they can leave from ${moment(event.leavesAt)} on.`;
    case "withdrawn":
      return `${amount(event.amount)} of stake were withdrawn; ${amount(event.staked)} are left.`;
    case "slash_proposed":
      return `The arbiter wants ${amount(event.amount)} of stake slashed; the owner can contest it until ${moment(event.until)}.`;
    case "slash_contested":
      return `The slash was contested; the members decide until ${moment(event.until)}.`;
    case "slash_decided":
      return `The members upheld ${amount(event.amount)} of the slash.`;
    case "slashed":
      return `${amount(event.amount)} of stake were slashed; ${amount(event.staked)} are left.`;
    case "slash_taken_back":
      return "The slash was taken back.";
    case "offered":
      return `The agent was offered to ${event.heir}.`;
    case "accepted":
      return `The agent belongs to ${event.owner} now.`;
    case "version_closed":
      return `${capital(named(event.manifest))} was closed.`;
    case "closed":
      return `The agent was closed; ${amount(event.returned)} of stake returned to its owner.`;
    case "configured":
      return `The registry was configured; ${event.threshold} must agree, and ${event.arbiter} is the arbiter.`;
  }
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
