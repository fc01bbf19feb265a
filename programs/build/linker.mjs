#!/usr/bin/env node
// What rustc runs in place of a linker: bitcode in, a program for Solana out.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileBitcode } from "./bitcode.mjs";
import { LinkFault } from "./fault.mjs";
import { link } from "./link.mjs";
import { linkerArguments } from "./linker-arguments.mjs";

const folder = mkdtempSync(join(tmpdir(), "sbf-link-"));
try {
  const { out, files } = linkerArguments(process.argv.slice(2));
  writeFileSync(out, link(compileBitcode(files, folder)).file);
} catch (error) {
  if (!(error instanceof LinkFault)) throw error;
  process.stderr.write(`The program cannot be linked: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
