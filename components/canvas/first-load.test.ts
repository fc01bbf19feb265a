import { build } from "esbuild";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url).pathname;

/** The modules that a page needs before it can draw: all that is imported, and nothing that is imported later. */
async function loadedFirst(entry: string): Promise<Set<string>> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    outdir: "first-load",
    alias: { "@": ROOT },
    jsx: "automatic",
    external: ["next/*"],
    loader: { ".css": "empty" },
  });
  const modules = new Set<string>();
  const passed = new Set<string>();
  const walk = (path: string) => {
    const output = metafile.outputs[path];
    if (!output || passed.has(path)) return;
    passed.add(path);
    for (const [module, { bytesInOutput }] of Object.entries(output.inputs)) if (bytesInOutput > 0) modules.add(module);
    for (const { path: next, kind } of output.imports) if (kind === "import-statement") walk(next);
  };
  const start = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry);
  walk(start?.[0] ?? "");
  return modules;
}

test("the canvas is drawn without the compiler, the kinds, the expressions, their editor, the settings or any schema library", async () => {
  const modules = [...(await loadedFirst("components/canvas/studio.tsx"))];
  expect(modules).toContain("components/canvas/flow-canvas.tsx");
  const heavy =
    /^flows\/(compile|nodes|expressions|run|simulator)\/|^components\/panels\/(inspector|expressions)\/|node_modules\/(zod|@marcbachmann|@bufbuild|@dagrejs|@codemirror|@lezer)\//;
  expect(modules.filter((module) => heavy.test(module))).toEqual([]);
});
