import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { run } from "./command.mjs";
import { freePort } from "./ports.mjs";
import { searching } from "./searching.mjs";
import { startStudio } from "./start-studio.mjs";
import { NOTHING, one, playwrightTally, sum, vitestTally } from "./tally.mjs";
import { MADE, ROOT } from "./tree.mjs";

/** @typedef {import("./tally.mjs").Tally} Tally */

const TSC = "node_modules/typescript/bin/tsc";
const BIOME = "node_modules/@biomejs/biome/bin/biome";
const CRUISER = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
const KNIP = "node_modules/knip/bin/knip.js";
const NEXT = "node_modules/next/dist/bin/next";
const VITEST = "node_modules/vitest/vitest.mjs";
const PLAYWRIGHT = "node_modules/@playwright/test/cli.js";

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/**
 * A check that is silent unless something is wrong, and counts as one.
 *
 * @param {string[][]} commands
 */
async function check(...commands) {
  const results = [];
  for (const args of commands) {
    const { ok, said } = await run(process.execPath, args);
    if (!ok) say(said.trimEnd());
    results.push(ok);
  }
  return one(results.every(Boolean));
}

/**
 * A test runner, which speaks for itself while it runs.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [more]
 * @returns {Promise<boolean>}
 */
function runner(args, more = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...more },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code === 0));
  });
}

/**
 * @param {"unit" | "programs" | "integration"} project
 * @param {Record<string, string>} [env]
 * @param {readonly string[]} [files] only those whose path holds one of these; otherwise all
 */
async function vitest(project, env, files = []) {
  const report = reportFile(project);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const ok = await runner([VITEST, "run", "--project", project, "--passWithNoTests", ...reporters, ...files], env);
  return vitestTally(report, ok);
}

/** @param {string} name */
function reportFile(name) {
  const dir = join(MADE, "test");
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${name}.json`);
  rmSync(file, { force: true }); // an old report must never speak for a runner that crashed
  return file;
}

async function endToEnd() {
  const browser = await findBrowser();
  if ("missing" in browser) {
    say(`SKIPPED e2e: no browser is installed and none could be (${browser.missing})`);
    return { ...NOTHING, skipped: 1 };
  }
  const data = mkdtempSync(join(tmpdir(), "studio-e2e-"));
  const outside = await freePort();
  process.env.LOCAL_AGENTS = `http://127.0.0.1:${outside}`; // where the agent of somebody outside answers in a test
  process.env.MCP_SERVERS_FILE ??= join(ROOT, "e2e", "fixtures", "mcp-servers.json"); // as an operator would
  const model = await freePort(); // where a language model answers in a test
  const models = [{ name: "small", input: 15_000_000, output: 60_000_000 }];
  process.env.MODELS = JSON.stringify([{ name: "house", address: `http://127.0.0.1:${model}/v1`, models }]);
  const mail = await freePort(); // where a mail server takes mail in a test
  process.env.SMTP_URL = `smtp://127.0.0.1:${mail}`;
  process.env.MAIL_FROM = "Agent Labs Studio <studio@studio.test>";
  const studio = await startStudio({ data, say });
  try {
    const report = reportFile("e2e");
    const env = {
      STUDIO_URL: studio.url,
      STUDIO_DATABASE: studio.databaseUrl,
      STUDIO_CHAIN: studio.chainUrl,
      OUTSIDE_AGENT_PORT: String(outside),
      MODEL_PORT: String(model),
      MAIL_PORT: String(mail),
      E2E_REPORT: report,
      ...(browser.chromium ? { CHROMIUM: browser.chromium } : {}),
    };
    const ok = await runner([PLAYWRIGHT, "test", "--pass-with-no-tests"], env);
    return playwrightTally(report, ok);
  } finally {
    await studio.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** The integration tests that search longer; all others would only be run a second time. */
const LONGER = ["e2e/chaos/memory", "e2e/chaos/kill-every", "e2e/interleaving"];

/** Programs built anew and compared with the committed ones, and their tests in Rust: takes compilers that few have. */
async function rust() {
  const report = reportFile("rust");
  const ok = await runner(["programs/build/verify.mjs", report]);
  if (!existsSync(report)) return one(false);
  const tally = /** @type {Tally} */ (JSON.parse(readFileSync(report, "utf8")));
  return ok || tally.failed > 0 ? tally : one(false);
}

/**
 * The longer search of the property tests. The seed is printed: the same one finds the same fault again. Tests that draw
 * nothing at random are no longer with it, and would only be run a second time.
 */
async function long() {
  const seed = process.env.SEED ?? String(Date.now() % 2 ** 31);
  say(`SEED=${seed} repeats this search`);
  const env = { LONG: "1", SEED: seed };
  const unit = await vitest("unit", env, searching(["flows", "server", "components", "sdk", "prisma"]));
  const programs = await vitest("programs", env, searching(["programs"]));
  const integration = await vitest("integration", env, LONGER);
  const chaos = await runner(["e2e/chaos/chaos.mjs", "--seconds", "60", "--seed", seed]);
  return sum([unit, programs, integration, one(chaos)]);
}

/** @type {Record<string, () => Promise<Tally>>} */
export const PARTS = {
  types: () => check([NEXT, "typegen"], [TSC, "--noEmit"], [TSC, "-p", "flows/tsconfig.json"]),
  lint: () => check([BIOME, "check", "."]),
  imports: () => check([CRUISER, "--config", ".dependency-cruiser.cjs", "."]),
  knip: () => (existsSync(join(ROOT, "knip.json")) ? check([KNIP]) : Promise.resolve(NOTHING)),
  unit: () => vitest("unit"),
  programs: () => vitest("programs"),
  integration: () => vitest("integration"),
  build: async () => {
    await build({ pages: true });
    return one(true);
  },
  e2e: endToEnd,
  long,
  rust,
};

/** What `npm test` runs when it is given no part. */
export const ALL = Object.keys(PARTS).filter((name) => name !== "long" && name !== "rust");
