import { existsSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "./command.mjs";
import { diskFull, Refusal, saysDiskFull } from "./refusal.mjs";
import { digestOf, MADE, ROOT, stamp } from "./tree.mjs";
import { inTurn } from "./turn.mjs";

const COMMON = ["flows", "server", "sdk", "generated", "programs/clients", "package-lock.json", "tsconfig.json"];
const PAGES = [...COMMON, "app", "components", "public", "next.config.ts", "postcss.config.mjs", "proxy.ts"];

/** What runs beside the web application, each in one file. */
export const BUNDLES = /** @type {const} */ ({
  worker: "server/worker/main.ts",
  agents: "server/agents/main.ts",
  chain: "server/chain/local/main.ts",
  seed: "prisma/seed/main.ts",
  verify: "server/verify/main.ts",
  "on-chain": "server/on-chain/note.ts",
  "by-hand": "server/by-hand/main.ts",
});

/** @param {keyof typeof BUNDLES} name */
export const bundleFile = (name) => join(MADE, "build", `${name}.mjs`);

/**
 * Builds what is stale: the processes, and the pages unless the development server makes them.
 *
 * @param {{ pages: boolean; bundles?: (keyof typeof BUNDLES)[] }} wanted
 * @returns {Promise<"built" | "unchanged">}
 */
export async function build({ pages, bundles = /** @type {(keyof typeof BUNDLES)[]} */ (Object.keys(BUNDLES)) }) {
  return inTurn("build", async () => {
    const made = [await buildBundles(bundles), pages ? await buildPages() : false];
    return made.includes(true) ? "built" : "unchanged";
  });
}

/** @param {(keyof typeof BUNDLES)[]} names */
async function buildBundles(names) {
  const digest = digestOf([...COMMON, "prisma/seed"]);
  const stale = names.filter((name) => !(stamp(`bundle-${name}`).is(digest) && existsSync(bundleFile(name))));
  if (stale.length === 0) return false;
  await make(
    ["server/launch/bundle.mjs", ...stale.map((name) => `${name}=${BUNDLES[name]}`)],
    "building the processes",
  );
  for (const name of stale) stamp(`bundle-${name}`).set(digest);
  return true;
}

async function buildPages() {
  const digest = digestOf(PAGES);
  const last = stamp("pages");
  if (last.is(digest) && existsSync(join(ROOT, ".next", "BUILD_ID"))) return false;
  await make(["node_modules/next/dist/bin/next", "build"], "building the pages");
  last.set(digest);
  return true;
}

/** @param {string[]} args @param {string} doing */
async function make(args, doing) {
  const { ok, said } = await run(process.execPath, args, {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  if (ok) return;
  throw saysDiskFull(said) ? diskFull(doing) : new Refusal(`${doing} failed:\n${lastLines(said)}`);
}
