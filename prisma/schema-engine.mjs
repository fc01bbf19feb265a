#!/usr/bin/env node
// Answers Prisma's command line in place of the native `schema-engine`, which is a download of its own.
// Chosen by PRISMA_SCHEMA_ENGINE_BINARY in prisma.config.ts; why: docs/adr/0004-prisma-schema-engine.md.
import { readArguments } from "./engine/arguments.mjs";
import { canConnect, createDatabase, dropDatabase } from "./engine/databases.mjs";
import { loadEngine } from "./engine/engine.mjs";
import { serve } from "./engine/rpc.mjs";

const asked = readArguments(process.argv.slice(2), process.env.DATABASE_URL);

/** The subcommands that Prisma runs without a conversation: one act, one exit code. */
const acts = {
  "can-connect-to-database": () => canConnect(asked.url),
  "create-database": () => createDatabase(asked.url),
  "drop-database": () => dropDatabase(asked.url),
};

if (asked.version) {
  const { version } = await loadEngine({ datamodels: [], url: asked.url });
  process.stdout.write(`schema-engine-cli ${version} (wasm)\n`);
} else if (asked.command) {
  await act(acts[/** @type {keyof typeof acts} */ (asked.command)]);
} else {
  serve({ url: asked.url, engine: () => loadEngine(asked) });
}

/** @param {(() => Promise<void>) | undefined} run */
async function act(run) {
  if (!run) throw new Error(`The schema engine has no command ${asked.command}`);
  try {
    await run();
  } catch (error) {
    const { code, message } = /** @type {Error & { code?: string }} */ (error);
    const fields = { error_code: code === "3D000" ? "P1003" : "P1001", message };
    process.stderr.write(`\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}\n`);
    process.exitCode = 1;
  }
}
