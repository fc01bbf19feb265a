import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build, bundleFile } from "../../server/launch/build.mjs";

const run = promisify(execFile);

/**
 * Hands receipts to the offline verifier, in a process of its own, as anybody would who got the file.
 *
 * @param {unknown} file
 * @param {{ rpc?: string }} [with] a server of the chain to hold it against
 * @returns {Promise<{ receipts: number, verified: number, failed: string[] }>}
 */
export async function verifyFile(file, { rpc } = {}) {
  await build({ pages: false, bundles: ["verify"] });
  const folder = await mkdtemp(join(tmpdir(), "receipts-"));
  try {
    const path = join(folder, "receipts.json");
    await writeFile(
      path,
      JSON.stringify(file, (_, value) => (typeof value === "bigint" ? String(value) : value)),
    );
    const { stdout } = await run(process.execPath, [
      bundleFile("verify"),
      path,
      "--json",
      ...(rpc ? ["--rpc", rpc] : []),
    ]).catch((error) => error);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}
