import { readFileSync } from "node:fs";

/** Arguments that are followed by a value which is no file to link. */
const WITH_VALUE = new Set([
  "-L",
  "-l",
  "--cpu",
  "--cpu-features",
  "--export",
  "--export-symbols",
  "--target",
  "--llvm-args",
  "--btf-arg",
]);

/**
 * What rustc asks its linker for: the files, and where the program goes.
 *
 * @param {string[]} given
 * @returns {{ out: string; files: string[] }}
 */
export function linkerArguments(given) {
  const words = given.flatMap((word) =>
    word.startsWith("@") ? readFileSync(word.slice(1), "utf8").split("\n").filter(Boolean) : [word],
  );
  let out = "";
  /** @type {string[]} */
  const files = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word === "-o") out = words[++at] ?? "";
    else if (WITH_VALUE.has(word)) at += 1;
    else if (/\.(rlib|a|o|bc)$/.test(word)) files.push(word);
  }
  return { out, files };
}
