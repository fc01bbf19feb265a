import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { LLVM } from "./bitcode.mjs";

/** The compiler whose bitcode our LLVM reads, and whose sources of the standard library match it. */
export const RUST = "1.96";
const PACKAGES = [`clang-${LLVM}`, `lld-${LLVM}`, `llvm-${LLVM}`, "rustc-web", "rust-web-src", "cargo-web"];
const CARGO = "/usr/bin/cargo";
const RUSTC = "/usr/bin/rustc";

/** @typedef {{ route: "official" } | { route: "own"; cargo: string; rustc: string; version: string } | { missing: string }} Toolchain */
/** @typedef {(line: string) => void} Say */

/** @param {string} command @param {string[]} args */
function ask(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

/**
 * What programs are built with here. What is lacking is installed where that can be done, and said.
 *
 * @param {{ say: Say; official: boolean }} wishes official: whether Solana's own tools may be used when they are there
 * @returns {Toolchain}
 */
export function toolchain({ say, official }) {
  if (official && ask("cargo", ["build-sbf", "--version"]) !== undefined) return { route: "official" };
  if (!isComplete()) install(say);
  return isComplete() ? own() : { missing: whatIsLacking() };
}

const isComplete = () => whatIsLacking() === "";

function whatIsLacking() {
  const tools = ["llvm-link", "llvm-ar", "opt", "llc"].map((tool) => `/usr/bin/${tool}-${LLVM}`);
  const files = [CARGO, RUSTC, "/usr/lib/rustlib/src/rust/library/core/src/lib.rs", ...tools];
  const lacking = files.filter((file) => !existsSync(file));
  if (lacking.length > 0) return `${lacking.join(", ")} not there`;
  const version = ask(RUSTC, ["-vV"]) ?? "";
  const fits = version.includes(`release: ${RUST}.`) && version.includes(`LLVM version: ${LLVM}.`);
  return fits ? "" : `${RUSTC} is not version ${RUST} with LLVM ${LLVM}`;
}

/** @param {Say} say */
function install(say) {
  if (process.getuid?.() !== 0 || ask("apt-get", ["--version"]) === undefined) return;
  say(`programs: installing ${PACKAGES.join(" ")} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of [["update"], ["install", "-y", "--no-install-recommends", ...PACKAGES]])
    if (spawnSync("apt-get", words, { stdio: "ignore", env }).status !== 0) say(`programs: apt-get ${words[0]} failed`);
}

/** @returns {Toolchain} */
function own() {
  const version = (ask(RUSTC, ["--version"]) ?? "").trim();
  const llvm = /LLVM version (\S+)/.exec(ask(`llc-${LLVM}`, ["--version"]) ?? "")?.[1] ?? LLVM;
  return { route: "own", cargo: CARGO, rustc: RUSTC, version: `${version}, LLVM ${llvm}` };
}
