import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository, and the folder in it that holds everything made and nothing written by hand. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[/\\]$/, "");
export const MADE = join(ROOT, ".studio");

const NOT_BUILT = /(^|\/)(node_modules|target|\.next)(\/|$)|\.(test|contract|spec)\.tsx?$|\.md$/;

/**
 * One digest over the content and the names of files and folders.
 *
 * @param {string[]} paths relative to the repository; what does not exist counts as absent
 */
export function digestOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesIn).sort()) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(ROOT, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (NOT_BUILT.test(path) || !existsSync(join(ROOT, path))) return [];
  if (statSync(join(ROOT, path)).isFile()) return [path];
  return readdirSync(join(ROOT, path)).flatMap((name) => filesIn(`${path}/${name}`));
}

/**
 * Remembers from which sources something was made, so that it is made again only when they change.
 *
 * @param {string} name
 * @param {string} [dir]
 */
export function stamp(name, dir = join(MADE, "stamps")) {
  const file = join(dir, name);
  return {
    /** @param {string} digest */
    is: (digest) => existsSync(file) && readFileSync(file, "utf8") === digest,
    /** @param {string} digest */
    set(digest) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, digest);
    },
  };
}
