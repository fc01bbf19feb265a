// Run as a process of its own by build.mjs, so that the launcher never holds esbuild: bundle.mjs NAME=ENTRY...
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MADE, ROOT } from "./tree.mjs";

const entries = Object.fromEntries(process.argv.slice(2).map((pair) => pair.split("=")));
const missing = Object.values(entries).filter((entry) => !existsSync(join(ROOT, entry)));
if (missing.length > 0) {
  process.stderr.write(`There is no ${missing.join(", no ")} to build\n`);
  process.exit(1);
}

const { build } = await import("esbuild");
await build({
  absWorkingDir: ROOT,
  entryPoints: entries,
  outdir: join(MADE, "build"),
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "linked",
  logLevel: "error",
  alias: { "server-only": join(ROOT, "server/launch/server-only.mjs") },
});
