import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { lastLines, run } from "./command.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * A browser for the tests: one that is installed, else one that the system's packages bring, else Playwright's own.
 *
 * @returns {Promise<{ chromium: string | undefined } | { missing: string }>} no path means Playwright's own
 */
export async function findBrowser() {
  const installed = installedBrowser() ?? (await fromSystemPackages());
  if (installed) return { chromium: installed };
  const { ok, said } = await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  return ok ? { chromium: undefined } : { missing: lastLines(said).split("\n").at(-1) ?? "no browser" };
}

function installedBrowser() {
  const { CHROMIUM, PATH = "" } = process.env;
  const onPath = PATH.split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  return [CHROMIUM, ...onPath, ...APPLICATIONS].find((file) => file && existsSync(file));
}

async function fromSystemPackages() {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return undefined;
  const wanted = ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  if (!(await run("apt-get", wanted, env)).ok) {
    await run("apt-get", ["update"], env);
    await run("apt-get", wanted, env);
  }
  return installedBrowser();
}
