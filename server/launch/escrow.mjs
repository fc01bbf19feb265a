// npm run escrow -- WHAT ESCROW: looks at an escrow and acts on it with a key of one's own, from the chain alone. On the chain of
// --rpc and the program of --program, or else on the local chain of the studio that runs here.
import { parseArgs } from "node:util";
import { build, bundleFile } from "./build.mjs";
import { install } from "./install.mjs";
import { prepare } from "./prepare.mjs";
import { runningChain } from "./running-database.mjs";

const text = /** @type {const} */ ({ type: "string" });
const options = {
  ...{ data: text, rpc: text, program: text, key: text, signer: text, price: text },
  ...{ line: text, days: text, "to-payee": text, send: /** @type {const} */ ({ type: "boolean" }) },
};
const { values, positionals: words } = parsed();
const { data, rpc: named, ...more } = values;
const isAsked = words.length > 0; // without a word it only says how it is used
const rpc = named ?? (isAsked ? runningChain(data) : "");
// A server that somebody named is not asked which program to trust: a call of it has the signature of whoever sends it.
const program = values.program ?? (named === undefined && isAsked ? await localEscrows(rpc) : undefined);
if (isAsked && !program) fail("Say with --program where the escrow program is: the explorer and the receipts name it.");
await install();
await prepare();
await build({ pages: false, bundles: ["by-hand"] });
const { byHand } = await import(bundleFile("by-hand"));
const answer = await byHand({ ...more, words, rpc, program }).catch((/** @type {unknown} */ problem) =>
  fail(`It could not be done: ${problem instanceof Error ? problem.message : String(problem)}`),
);
if (!answer.ok) fail(answer.error);
for (const line of answer.value) console.log(line);

function parsed() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (problem) {
    return fail(problem instanceof Error ? problem.message : String(problem));
  }
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** The escrow program of a local chain, which alone says what it is. @param {string} url */
async function localEscrows(url) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "studio_chain" });
  const asked = { method: "POST", headers: { "content-type": "application/json" }, body };
  const reply = await fetch(url, asked).catch(() => undefined);
  const said = await reply?.json().catch(() => undefined);
  return said?.result?.escrowProgram;
}
