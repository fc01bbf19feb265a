import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const PROGRAMS = fileURLToPath(new URL("..", import.meta.url));
const TARGET = join(PROGRAMS, "build", "sbf-solana.json");
const LINKER = join(PROGRAMS, "build", "linker.mjs");

/** @typedef {Exclude<import("./toolchain.mjs").Toolchain, { missing: string }>} Found */
/** @typedef {{ file: Buffer } | { failed: string }} Compiled */

/**
 * Builds one program, from the versions that `Cargo.lock` names.
 *
 * @param {string} program
 * @param {Found} found
 * @param {string} folder where cargo keeps what it made
 * @returns {Compiled}
 */
export const compile = (program, found, folder) =>
  found.route === "official" ? officially(program, folder) : byOwnLinkStep(program, found, folder);

/** @param {string} program @param {string} folder @returns {Compiled} */
function officially(program, folder) {
  const words = [
    "build-sbf",
    "--arch",
    "v3",
    "--manifest-path",
    join(PROGRAMS, program, "Cargo.toml"),
    "--sbf-out-dir",
    folder,
  ];
  const { status, stderr } = spawnSync("cargo", [...words, "--", "--locked"], { encoding: "utf8" });
  return status === 0 ? { file: readFileSync(join(folder, `${program}.so`)) } : { failed: stderr };
}

/** @param {string} program @param {Extract<Found, { route: "own" }>} found @param {string} folder @returns {Compiled} */
function byOwnLinkStep(program, found, folder) {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const flags = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    `--remap-path-prefix=${PROGRAMS}=programs/`,
    `--remap-path-prefix=${cargoHome}=cargo`,
  ];
  const env = {
    ...process.env,
    RUSTC: found.rustc,
    RUSTC_BOOTSTRAP: "1", // the standard library is built with us, which a stable compiler does only so
    RUSTFLAGS: "",
    CARGO_TARGET_DIR: folder,
    CARGO_TARGET_SBF_SOLANA_LINKER: LINKER,
    CARGO_TARGET_SBF_SOLANA_RUSTFLAGS: flags.join(" "),
  };
  const words = [
    "build",
    "--locked",
    "-j1",
    "--release",
    "-p",
    program,
    "--target",
    TARGET,
    "-Zbuild-std=core",
    "-Zjson-target-spec",
  ];
  const { status, stderr } = spawnSync(found.cargo, words, {
    cwd: PROGRAMS,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) return { failed: stderr };
  return { file: readFileSync(join(folder, "sbf-solana", "release", `lib${program}.so`)) };
}
