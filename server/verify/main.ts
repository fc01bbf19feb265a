import { readFileSync } from "node:fs";
import { readReceiptFile } from "@/flows/receipts/read-file";
import { verifyReceipts } from "@/flows/receipts/verify";
import { readArguments } from "./arguments";

/** `npm run verify -- FILE [--key PUBLICKEY]...`: reads one file, asks nobody, ends with 0 only when everything held. */
const USAGE = "Say which file: npm run verify -- receipts.json [--key <public key in hex>]";

function main(): number {
  const { file, trustedKeys, json } = readArguments(process.argv.slice(2));
  if (!file) return fail(USAGE);
  const read = readReceiptFile(readFileSync(file, "utf8"));
  if (!read.ok) return fail(read.error.problem);
  const verdict = verifyReceipts(read.value, { trustedKeys });
  if (json) console.log(JSON.stringify(verdict));
  else {
    for (const line of verdict.proved) console.log(`proved      ${line}`);
    for (const line of verdict.failed) console.log(`FAILED      ${line}`);
    for (const line of verdict.notProved) console.log(`not proved  ${line}`);
    console.log(`${verdict.verified} of ${verdict.receipts} receipts verified`);
  }
  return verdict.failed.length === 0 ? 0 : 1;
}

function fail(problem: string): number {
  console.error(problem);
  return 2;
}

process.exitCode = main();
