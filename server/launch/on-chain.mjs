// npm run on-chain -- AGENT KEY: notes that a version is registered on the chain under its publisher's key. On the chain of
// SOLANA_RPC_URL and the registry of --program, or else on the local chain of the studio that runs here.
import { parseArgs } from "node:util";
import { build, bundleFile } from "./build.mjs";
import { install } from "./install.mjs";
import { prepare } from "./prepare.mjs";
import { runningChain, runningDatabase } from "./running-database.mjs";

const USAGE = "npm run on-chain -- [--data DIR] [--program KEY] publisher/agent@version KEY";

const { values, positionals } = parseArgs({
  options: { data: { type: "string" }, program: { type: "string" } },
  allowPositionals: true,
});
const [agent, publisher] = positionals;
if (!agent || !publisher) {
  console.error(USAGE);
  process.exit(2);
}
const urls = (process.env.SOLANA_RPC_URL ?? runningChain(values.data)).split(",").map((url) => url.trim());
const program = values.program ?? (await localRegistry(urls[0]));
if (!program) {
  console.error("This is no local chain: say with --program where the registry is.");
  process.exit(2);
}
await install();
await prepare();
await build({ pages: false, bundles: ["on-chain"] });
const { noteRegistration } = await import(bundleFile("on-chain"));
const databaseUrl = process.env.DATABASE_URL ?? runningDatabase(values.data);
const { done, sentence } = await noteRegistration({ databaseUrl, urls, program, publisher, agent });
if (done) console.log(sentence);
else console.error(sentence);
process.exitCode = done ? 0 : 1;

/** The registry of a local chain, which alone says what it is. @param {string | undefined} url */
async function localRegistry(url) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "studio_chain" });
  const asked = { method: "POST", headers: { "content-type": "application/json" }, body };
  const answer = await fetch(url ?? "", asked).catch(() => undefined);
  const said = await answer?.json().catch(() => undefined);
  return said?.result?.registryProgram;
}
