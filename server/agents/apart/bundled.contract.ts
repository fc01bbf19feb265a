import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** A program of TypeScript as one file that Node runs. It lies beside the packages, so that it finds them. */
export async function bundled(entry: string): Promise<{ file: string; url: URL; remove(): Promise<void> }> {
  const name = `.agents-under-test-${entry.replaceAll(/\W+/g, "-")}-${process.pid}.mjs`;
  const file = join(process.cwd(), "node_modules", name);
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    tsconfig: "tsconfig.json",
  });
  return { file, url: pathToFileURL(file), remove: () => rm(file) };
}
