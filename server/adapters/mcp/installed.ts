import { readFileSync } from "node:fs";
import { z } from "zod";
import { EffectClass } from "@/flows/types/agent-manifest";
import { STDIO_LIMITS } from "./stdio-servers";
import { STDIO, type StdioCommand } from "./stdio-transport";

const One = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(30),
  title: z.string().min(1).max(60),
  /** What is started, or where it answers: one of the two. */
  command: z.string().min(1).optional(),
  address: z.url({ protocol: /^https?$/ }).optional(),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
  folder: z.string().min(1).optional(),
  memoryMb: z.number().int().min(16).max(65_536).default(512),
  deadlineMs: z.number().int().min(1_000).max(600_000).default(60_000),
  /** The tools that become agents; all of them when it is left out. */
  tools: z.array(z.string().min(1)).optional(),
  /** What the operator knows of a tool. The server's own hints are claims, and count for nothing. */
  effects: z.record(z.string(), EffectClass).default({}),
});
const Installed = One.refine(({ command, address }) => (command === undefined) !== (address === undefined), {
  message: "has a command or an address, and not both",
});
/** A server that the operator installed, with all that he says of it. */
export type Installed = z.infer<typeof Installed>;

const File = z.strictObject({
  servers: z.array(Installed).max(100),
  atOnce: z.number().int().min(1).max(100).default(STDIO_LIMITS.atOnce),
});

/**
 * The servers that the operator installed, from his file; none without one.
 * Errors: throws with one sentence that names the file and what is wrong in it, which is a broken installation.
 */
export function readInstalled(file: string | undefined): z.infer<typeof File> {
  if (!file) return { servers: [], atOnce: STDIO_LIMITS.atOnce };
  const read = File.safeParse(parsed(file));
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
    throw new Error(`${file} does not say which MCP servers are installed. ${faults.join(". ")}`);
  }
  const ids = read.data.servers.map(({ id }) => id);
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined) throw new Error(`${file} names two MCP servers "${twice}".`);
  return read.data;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (problem) {
    throw new Error(`${file} cannot be read: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

/** What is started for it; null for one that answers at an address. Commands are looked for in `path`; nothing else of our
 * environment is handed on. */
export function commandOf(server: Installed, path: string | undefined): StdioCommand | null {
  const { id, command, args, env, folder, memoryMb } = server;
  if (command === undefined) return null;
  return { id, command, args, env: { ...(path ? { PATH: path } : {}), ...env }, folder, memoryMb };
}

/** Where its tools are, as the registry has it. */
export function originOf({ id, address }: Installed): string {
  return address ?? `${STDIO}${id}`;
}
