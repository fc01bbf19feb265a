import { join } from "node:path";
import { bundleFile } from "./build.mjs";
import { chainArguments } from "./rail.mjs";
import { ROOT } from "./tree.mjs";

/** @typedef {import("./program.mjs").Program} Program */

const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");
// Agents read documents of anybody's: what reaches the ledger, or passes for a person, is not theirs to hold.
const NOT_FOR_AGENTS = {
  DATABASE_URL: undefined,
  NEXTAUTH_SECRET: undefined,
  SOLANA_RPC_URL: undefined, // an operator's may hold a key
  SOLANA_WS_URL: undefined,
};
const FOR_AGENTS = ["OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL", "AGENTS_ALLOWED_ORIGINS"];

/**
 * What the processes of one studio are told.
 *
 * @typedef {object} Setting
 * @property {string} data
 * @property {string} url
 * @property {number} port
 * @property {string} databaseUrl
 * @property {string} agentsUrl
 * @property {string} authSecret
 * @property {string} receiptKeyFile given to the worker alone, which alone may sign
 * @property {string} triggerKeyFile given to the web process alone, which alone checks what webhooks are sent
 * @property {string} secretsKeyFile given to the web process, which seals what people bring along, and to the worker, which opens it
 * @property {string} secrets the folder of keys, which the local chain reads those of its beginning from
 * @property {number} chainPort
 * @property {import("./rail.mjs").Rail} rail where the chain is, and who signs on it
 * @property {string} pushKeyFile given to the worker alone, which alone sends to push services
 * @property {number} workers how many processes carry runs on
 * @property {boolean} dev
 * @property {(name: string) => string} log
 */

/**
 * The programs of a studio. Each gets only the environment that it needs; keys of models go to those alone that ask them: the agents theirs, the worker those of flows.
 *
 * @param {Setting} setting
 */
export function programs(setting) {
  const { dev } = setting;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOR_AGENTS.includes(name)));
  const env = {
    ...inherited,
    DATABASE_URL: setting.databaseUrl,
    STUDIO_DATA: setting.data,
    STUDIO_URL: setting.url,
    NEXTAUTH_URL: setting.url,
    NEXTAUTH_SECRET: setting.authSecret,
    AGENTS_URL: setting.agentsUrl,
    RECEIPT_KEY_FILE: undefined,
    TRIGGER_KEY_FILE: undefined,
    SECRETS_KEY_FILE: undefined,
    MODEL_KEYS: undefined,
    ...setting.rail.addresses,
    SETTLER_KEY_FILE: undefined,
    SPONSOR_KEY_FILE: undefined,
    HOUSE_KEY_FILE: undefined,
    PUSH_KEY_FILE: undefined,
    SMTP_URL: undefined, // may hold a password; the worker alone sends mail
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: /** @type {NodeJS.ProcessEnv["NODE_ENV"]} */ (dev ? "development" : "production"),
  };
  const models = Object.fromEntries(FOR_AGENTS.map((name) => [name, process.env[name]]));
  const address = ["-H", "127.0.0.1", "-p", String(setting.port)];

  /** @param {"worker" | "agents" | "chain" | "seed"} file @param {{ heapMb: number; args?: string[]; extra?: Record<string, string | undefined>; name?: string }} more */
  const bundled = (file, { heapMb, args = [], extra = {}, name = file }) => ({
    name,
    file: bundleFile(file),
    args,
    env: { ...env, ...extra },
    heapMb,
    log: setting.log(name),
    loud: dev,
  });
  const web = {
    name: "web",
    file: NEXT,
    args: [dev ? "dev" : "start", ...address],
    env: { ...env, TRIGGER_KEY_FILE: setting.triggerKeyFile, SECRETS_KEY_FILE: setting.secretsKeyFile },
    log: setting.log("web"),
    loud: dev,
  };
  return {
    agents: bundled("agents", { heapMb: 192, extra: { ...models, ...NOT_FOR_AGENTS } }),
    chain: bundled("chain", {
      heapMb: 192,
      args: chainArguments({
        data: setting.data,
        secrets: setting.secrets,
        programs: join(ROOT, "programs", "built"),
        port: setting.chainPort,
      }),
      extra: NOT_FOR_AGENTS,
    }),
    seed: bundled("seed", { heapMb: 192 }),
    workers: Array.from({ length: setting.workers }, (_, place) =>
      bundled("worker", {
        name: place === 0 ? "worker" : `worker-${place + 1}`,
        heapMb: 192,
        extra: {
          RECEIPT_KEY_FILE: setting.receiptKeyFile,
          SECRETS_KEY_FILE: setting.secretsKeyFile,
          MODEL_KEYS: process.env.MODEL_KEYS,
          ...setting.rail.keyFiles,
          PUSH_KEY_FILE: setting.pushKeyFile,
          SMTP_URL: process.env.SMTP_URL,
        },
      }),
    ),
    web: { ...web, heapMb: dev ? 2_048 : 320, youngMb: 32 },
  };
}

/**
 * @param {string} url
 * @returns {() => Promise<boolean>}
 */
export const answers = (url) => async () => {
  try {
    const { ok } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return ok;
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return false; // not listening yet, or too slow
    throw error;
  }
};

/** @param {string} said */
export const saysReady = (said) => /^ready$/m.test(said);
