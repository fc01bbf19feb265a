import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

const wasmEngine = new URL("./prisma/schema-engine.mjs", import.meta.url);
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(wasmEngine);
process.env.CHECKPOINT_DISABLE ??= "1"; // no version check over the network

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // `generate` and `migrate diff` between files need no database; the address only has to be well-formed.
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://studio@127.0.0.1:1/studio" },
});
