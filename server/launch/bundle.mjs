// Run as a process of its own by build.mjs, so that the launcher never holds esbuild: bundle.mjs NAME=ENTRY...
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { MADE, ROOT } from "./tree.mjs";

const entries = Object.fromEntries(process.argv.slice(2).map((pair) => pair.split("=")));
const missing = Object.values(entries).filter((entry) => !existsSync(join(ROOT, entry)));
if (missing.length > 0) {
  process.stderr.write(`There is no ${missing.join(", no ")} to build\n`);
  process.exit(1);
}

const made = join(MADE, "build");
mkdirSync(made, { recursive: true });
const folder = mkdtempSync(join(made, "making-")); // moved when it is whole: another process may start from it meanwhile

const { build } = await import("esbuild");
await build({
  absWorkingDir: ROOT,
  entryPoints: entries,
  outdir: folder,
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

// The map first: whoever starts from the bundle finds it.
for (const file of readdirSync(folder).sort().reverse()) renameSync(join(folder, file), join(made, file));
rmdirSync(folder);
