import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./tree.mjs";

const IMPORTED = /from "([^"]+)"/g;

/**
 * The tests below these folders that draw at random, themselves or through what they import from beside the tests: those
 * that search longer when they are asked to.
 *
 * @param {readonly string[]} folders
 * @param {string} [root]
 * @returns {string[]} paths below the root
 */
export function searching(folders, root = ROOT) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, path))
      .filter((path) => /\.(test|contract)\.tsx?$/.test(path)),
  );
  const imports = new Map(files.map((path) => [path, importedBy(path, root)]));
  const found = new Set(files.filter((path) => imports.get(path)?.has("fast-check")));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [path, names] of imports) if ([...found].some((other) => names.has(bare(other)))) found.add(path);
  }
  return [...found].filter((path) => /\.test\.tsx?$/.test(path) && !/\.integration\.test\.ts$/.test(path)).sort();
}

/** @param {string} path */
const bare = (path) => path.replace(/\.tsx?$/, "");

/** @param {string} path @param {string} root @returns {Set<string>} packages by name, files by their path below the root */
function importedBy(path, root) {
  const text = readFileSync(join(root, path), "utf8");
  const names = [...text.matchAll(IMPORTED)].map(([, name = ""]) => {
    if (name.startsWith("@/")) return name.slice(2);
    return name.startsWith(".") ? join(dirname(path), name) : name;
  });
  return new Set(names);
}
