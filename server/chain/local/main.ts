import { parseArgs } from "node:util";
import { z } from "zod";
import { startLocalChain } from "./start-local-chain";

const Arguments = z.object({
  folder: z.string().min(1),
  keys: z.string().min(1),
  programs: z.string().min(1),
  port: z.coerce.number().int().min(1).max(65_535),
  /** For tests of those who call: lets `studio_faults` break calls. */
  faults: z.boolean().default(false),
});

/** The process of the local chain. Whoever starts it waits until `/health` answers. */
async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const options = { folder: text, keys: text, programs: text, port: text, faults: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  const chain = await startLocalChain({ ...Arguments.parse(values), fatal: giveUp });
  const stop = () => void chain.stop().then(() => process.exit(0), giveUp);
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdout.write(`The local chain answers at ${chain.rpcUrl}\n`);
}

/** What is not on the disk was not answered: the next start goes on from there. */
function giveUp(problem: unknown): void {
  process.stderr.write(`${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}\n`);
  process.exit(1);
}

process.on("uncaughtException", giveUp);
process.on("unhandledRejection", giveUp);
main().catch(giveUp);
