import { readFileSync } from "node:fs";
import type { Claim } from "@/flows/receipts/links";
import { readReceiptFile } from "@/flows/receipts/read-file";
import type { Verdict } from "@/flows/receipts/receipt-file";
import { signedInWords } from "@/flows/receipts/signed-words";
import { verifyReceipts } from "@/flows/receipts/verify";
import { readArguments } from "./arguments";
import { checkOnChain } from "./on-chain";

/** `npm run verify -- FILE [--key PUBLICKEY]... [--rpc URL]`: reads one file, asks nobody but the server that it is told, and ends with 0 only when everything held. */
const USAGE =
  "Say which file: npm run verify -- receipts.json [--key <public key in hex>] [--rpc <address of a server of the chain>]";

async function main(): Promise<number> {
  const { file, trustedKeys, rpc, json } = readArguments(process.argv.slice(2));
  if (!file) return fail(USAGE);
  const read = readReceiptFile(readFileSync(file, "utf8"));
  if (!read.ok) return fail(read.error.problem);
  const offline = verifyReceipts(read.value, { trustedKeys });
  const verdict = rpc === null ? offline : withChain(offline, await checkOnChain(read.value, rpc));
  if (json) console.log(JSON.stringify(verdict));
  else {
    for (const line of verdict.proved) console.log(`proved      ${line}`);
    for (const line of verdict.failed) console.log(`FAILED      ${line}`);
    for (const line of verdict.notProved) console.log(`not proved  ${line}`);
    for (const each of verdict.signed) console.log(`signed      ${signedInWords(each)}`);
    console.log(`${verdict.verified} of ${verdict.receipts} receipts verified`);
  }
  return verdict.failed.length === 0 ? 0 : 1;
}

function withChain(verdict: Verdict, claims: readonly Claim[]): Verdict {
  return {
    ...verdict,
    proved: [...verdict.proved, ...claims.flatMap(({ holds, proved }) => (holds ? [proved] : []))],
    failed: [...verdict.failed, ...claims.flatMap(({ holds, failed }) => (holds ? [] : [failed]))],
    notProved: verdict.notProved.filter((line) => !line.includes("--rpc")),
  };
}

function fail(problem: string): number {
  console.error(problem);
  return 2;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (problem: unknown) => {
    process.exitCode = fail(
      `The server could not be asked: ${problem instanceof Error ? problem.message : String(problem)}`,
    );
  },
);
