import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { engineConnections } from "./adapter.mjs";

/** @typedef {Record<string, (params: unknown) => Promise<unknown>>} Methods */

/** The engine's last words: WASM traps without a message, and leaves it here first. */
export const panic = { message: /** @type {string | undefined} */ (undefined) };

/**
 * Starts Prisma's schema engine from the WASM build that ships on npm.
 *
 * @param {{ datamodels: [string, string][]; url: string }} asked
 * @returns {Promise<{ version: string; methods: Methods }>}
 */
export async function loadEngine({ datamodels, url }) {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      /** @param {string} message */
      set_message(message) {
        panic.message = message;
      },
    },
  });
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const code = readFileSync(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm"));
  const imports = /** @type {WebAssembly.Imports} */ ({ "./schema_engine_bg.js": glue });
  const { instance } = await WebAssembly.instantiate(code, imports);
  const loader = /** @type {{ __wbg_set_wasm(exports: unknown): void }} */ (/** @type {unknown} */ (glue));
  loader.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports.__wbindgen_start)();
  if (url === "") return { version: glue.version(), methods: {} };

  const models = datamodels.length > 0 ? datamodels : undefined;
  const engine = await glue.SchemaEngine.new({ datamodels: models }, () => {}, engineConnections(url));
  return { version: glue.version(), methods: /** @type {Methods} */ (/** @type {unknown} */ (engine)) };
}
