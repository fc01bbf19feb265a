import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf } from "./key-address.mjs";
import { Refusal } from "./refusal.mjs";
import { secret } from "./secrets.mjs";

/** Where the local chain puts the escrow program; on a cluster the operator says where it is. */
const LOCAL_ESCROW_PROGRAM = "EscRowProgram111111111111111111111111111111";

/**
 * What the processes are told about the escrow rail: where the chain is, and whose keys are whose.
 *
 * @typedef {object} Rail
 * @property {Record<string, string | undefined>} addresses for everybody who reads the chain; no secret
 * @property {Record<string, string>} keyFiles for the worker alone, which alone signs
 * @property {string} [localUrl] the address of the local chain, when the studio brings its own
 */

/**
 * The operator's chain where `SOLANA_RPC_URL` names one, and otherwise our own. Keys are made once, and kept when the
 * operator changes from one to the other; a file of the operator's own takes the place of ours. Who decides disputes and
 * where fees go is made up for the local chain alone: on a cluster these keys belong on other machines.
 *
 * @param {{ secrets: string; port: number }} own
 * @returns {Rail}
 */
export function rail({ secrets, port }) {
  const ours = (/** @type {string} */ name) => secret(secrets, `${name}.key`);
  const settler = process.env.SETTLER_KEY_FILE ?? ours("settler").file;
  const sponsor = process.env.SPONSOR_KEY_FILE ?? ours("sponsor").file;
  const keyFiles = { SETTLER_KEY_FILE: settler, SPONSOR_KEY_FILE: sponsor };
  const addresses = { ESCROW_SETTLER: addressIn(settler), ESCROW_SPONSOR: addressIn(sponsor) };
  if (process.env.SOLANA_RPC_URL) return { addresses, keyFiles };
  const localUrl = `http://127.0.0.1:${port}`;
  const house = ours("house");
  return {
    keyFiles: { ...keyFiles, HOUSE_KEY_FILE: house.file },
    localUrl,
    addresses: {
      ...addresses,
      SOLANA_RPC_URL: localUrl,
      SOLANA_CHAIN: "localnet",
      SOLANA_WS_URL: `ws://127.0.0.1:${port}`,
      ESCROW_PROGRAM: LOCAL_ESCROW_PROGRAM,
      USDC_MINT: addressOf(ours("usdc-mint").value),
      ESCROW_ARBITER: addressOf(ours("arbiter").value),
      ESCROW_HOUSE: addressOf(house.value),
      HOUSE_WALLET: process.env.HOUSE_WALLET ?? addressOf(house.value),
    },
  };
}

/** @param {string} file */
function addressIn(file) {
  const seed = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(seed)) throw new Refusal(`${file} holds no key: 32 bytes in hex are expected.`);
  return addressOf(seed);
}

/**
 * How the process of the local chain is started.
 *
 * @param {{ data: string; secrets: string; programs: string; port: number }} where
 */
export const chainArguments = ({ data, secrets, programs, port }) => [
  `--folder=${join(data, "chain")}`,
  `--keys=${secrets}`,
  `--programs=${programs}`,
  `--port=${port}`,
  ...(process.env.LOCAL_CHAIN_FAULTS === "1" ? ["--faults"] : []),
];
