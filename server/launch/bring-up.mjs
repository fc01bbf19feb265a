import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { migrate } from "./migrate.mjs";
import { steadyPorts } from "./ports.mjs";
import { startPostgres } from "./postgres.mjs";
import { prepare } from "./prepare.mjs";
import { identityOf } from "./process-identity.mjs";
import { runProgram, startUntilReady } from "./program.mjs";
import { rail } from "./rail.mjs";
import { secret } from "./secrets.mjs";
import { answers, programs, saysReady } from "./services.mjs";
import { stages } from "./stages.mjs";
import { supervise } from "./supervise.mjs";
import { allOf } from "./waiting.mjs";

/** @typedef {import("./supervise.mjs").Supervised} Supervised */
/** @typedef {import("./program.mjs").Program} Program */

/**
 * @typedef {object} Plan
 * @property {import("./data-folder.mjs").DataFolder} folder
 * @property {number} port
 * @property {string} url
 * @property {number} workers
 * @property {boolean} dev
 * @property {(line: string) => void} say
 * @property {AbortSignal} signal
 * @property {Supervised[]} running gets every process as it starts, so that a failure can stop them
 */

/**
 * Everything between an open data folder and a studio that answers.
 *
 * @param {Plan} plan
 */
export async function bringUp(plan) {
  const { folder, port, url, dev, say, signal, running } = plan;
  const stage = stages(say, signal);
  const begin = starter(plan);

  await stage("install", install);
  const ports = await steadyPorts(folder.ports, ["postgres", "agents", "chain"]);
  const databaseUrl =
    process.env.DATABASE_URL ??
    (await stage(
      "postgres",
      () => ownDatabase(plan, ports.postgres, begin),
      () => "running",
    ));
  await stage(
    "migrate",
    () => migrate(databaseUrl, { folder: folder.dir }),
    (applied) => `${applied.length} applied`,
  );
  await stage("prepare", prepare);
  await stage("build", () => build({ pages: !dev }));

  const agentsUrl = `http://127.0.0.1:${ports.agents}`;
  const onChain = rail({ secrets: folder.secrets, port: ports.chain });
  const { agents, chain, seed, workers, web } = programs({
    data: folder.dir,
    url,
    port,
    databaseUrl,
    agentsUrl,
    authSecret: secret(folder.secrets, "auth-secret").value,
    receiptKeyFile: secret(folder.secrets, "receipt.key").file,
    triggerKeyFile: secret(folder.secrets, "trigger.key").file,
    secretsKeyFile: secret(folder.secrets, "agent-secrets.key").file,
    secrets: folder.secrets,
    chainPort: ports.chain,
    rail: onChain,
    pushKeyFile: secret(folder.secrets, "push.key").file,
    workers: plan.workers,
    dev,
    log: folder.log,
  });
  /** @param {Program} program @param {{ isReady: import("./program.mjs").Watch["isReady"]; graceMs: number }} rules */
  const serve = (program, { isReady, graceMs }) => {
    const start = (/** @type {AbortSignal} */ ending) => startUntilReady(program, { isReady, signal: ending });
    const started = () => begin({ name: program.name, start, stopSignal: "SIGTERM", graceMs });
    return stage(program.name, started, () => "running");
  };
  if (onChain.localUrl) await serve(chain, { isReady: answers(`${onChain.localUrl}/health`), graceMs: 5_000 });
  await serve(agents, { isReady: answers(`${agentsUrl}/health`), graceMs: 3_000 });
  await allOf([
    stage(
      "seed",
      () => runProgram(seed, signal),
      () => "done",
    ),
    ...workers.map((worker) => serve(worker, { isReady: saysReady, graceMs: 10_000 })),
    serve(web, { isReady: answers(`${url}/ready`), graceMs: 2_000 }),
  ]);
  const pids = () => Object.fromEntries(running.map((part) => [part.name, part.pid()]));
  const chainUrl = onChain.localUrl ?? String(process.env.SOLANA_RPC_URL);
  return { url, databaseUrl, agentsUrl, chainUrl, data: folder.dir, pids };
}

/**
 * Starts a supervised process, and keeps a note in the folder of all that run, for whoever comes after a kill -9.
 *
 * @param {Plan} plan
 */
function starter({ folder, say, signal, running }) {
  const changed = () => folder.note(running.flatMap((part) => part.pid() ?? []).map(identityOf));
  /** @param {Omit<Parameters<typeof supervise>[0], "say" | "signal" | "changed">} part */
  return async (part) => {
    running.push(await supervise({ ...part, say, signal, changed }));
    changed();
  };
}

/**
 * @param {Plan} plan
 * @param {number} port
 * @param {ReturnType<typeof starter>} begin
 */
async function ownDatabase({ folder }, port, begin) {
  const options = { dir: folder.postgres, secrets: folder.secrets, log: folder.log("postgres"), port };
  let url = "";
  const start = async () => {
    const postgres = await startPostgres(options);
    url = postgres.url;
    return postgres.child;
  };
  await begin({ name: "postgres", start, stopSignal: "SIGINT", graceMs: 20_000 });
  return url;
}
