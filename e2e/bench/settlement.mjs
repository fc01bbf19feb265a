import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MADE, ROOT } from "../../server/launch/tree.mjs";

const FEW = 1;
const MANY = 16;
const CALLS = 8;

/**
 * What a run on escrow costs on the chain: the committed program, on a chain in process, with the token program that lies
 * on it. A part per payee is the difference between many payees and one; the base is what remains.
 * How many transactions a run takes is counted on a local chain, for a run of the studio's own with many calls.
 */
export async function measure() {
  const { costsWith, payeesPerRelease, transactionsOfStudio } = await bundled();
  const [few, many] = [await costsWith(FEW), await costsWith(MANY)];
  /** @param {"settle" | "release"} call */
  const perPayee = (call) => Math.ceil((many[call] - few[call]) / (MANY - FEW));
  return {
    openCu: few.open,
    settleBaseCu: few.settle - perPayee("settle"),
    settleCuPerPayee: perPayee("settle"),
    releaseBaseCu: few.release - perPayee("release"),
    releaseCuPerPayee: perPayee("release"),
    txPerRunNoWindow: await transactionsOfStudio({ calls: CALLS, windowSeconds: 0 }),
    txPerRunWindow: await transactionsOfStudio({ calls: CALLS, windowSeconds: 3_600 }),
    payeesPerReleaseV0: await payeesPerRelease(0),
    payeesPerReleaseV1: await payeesPerRelease(1),
    tokenProgram: `one TransferChecked takes ${many.tokenTransfer} compute units`,
  };
}

/** @returns {Promise<typeof import("../../programs/tests/costs.contract") & typeof import("../../server/worker/escrow-costs.contract")>} */
async function bundled() {
  const { build } = await import("esbuild");
  const outfile = join(MADE, "build", "settlement.mjs");
  const contents =
    'export * from "./programs/tests/costs.contract"; export * from "./server/worker/escrow-costs.contract";';
  const stdin = { contents, resolveDir: ROOT, loader: /** @type {const} */ ("ts") };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  const found = await import(pathToFileURL(outfile).href);
  await rm(outfile);
  return found;
}
