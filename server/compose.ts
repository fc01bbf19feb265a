import { Pool } from "pg";
import { ok } from "@/flows/basics/result";
import type { Ports } from "@/flows/ports/ports";
import type { RegistrationsPort } from "@/flows/ports/registrations";
import type { SigningKey } from "@/flows/receipts/keys";
import type { PrismaClient } from "@/generated/prisma/client";
import { keyRing } from "./adapters/agent-secrets/key-ring";
import { resealAll, secretsOfCalls, secretsOfTrials } from "./adapters/agent-secrets/postgres";
import { withBreaker } from "./adapters/agents/breaker";
import { byProtocol } from "./adapters/agents/by-protocol";
import { httpAgents } from "./adapters/agents/http";
import { undelivered } from "./adapters/approvals/climbing";
import { postgresLadders } from "./adapters/approvals/ladders";
import { postgresApprovals } from "./adapters/approvals/postgres";
import { resealAddresses } from "./adapters/channels/kept/addresses";
import { outbox as noticeOutbox } from "./adapters/channels/outbox/outbox";
import { setUpChannels } from "./adapters/channels/set-up";
import { systemClock } from "./adapters/clock/system";
import type { CallAs } from "./adapters/conformance/checks";
import { postgresTrials, type Trials } from "./adapters/conformance/trials";
import { ledgerCredits } from "./adapters/credits/ledger";
import { ledgerWallet } from "./adapters/credits/wallet";
import { escrowCredits } from "./adapters/escrow/credits";
import type { Carrying } from "./adapters/escrow/settings";
import { commandOf, type Installed, originOf as originOfServer, readInstalled } from "./adapters/mcp/installed";
import { lookAtInstalled } from "./adapters/mcp/look";
import { mcpAgents } from "./adapters/mcp/mcp";
import { STDIO_LIMITS, stdioServers } from "./adapters/mcp/stdio-servers";
import { listedModels } from "./adapters/models/listed";
import { withModelBreaker } from "./adapters/models/model-breaker";
import { openAiCompatibleModels } from "./adapters/models/openai-compatible";
import { openApiAgents } from "./adapters/openapi/openapi";
import { ownersPolicies } from "./adapters/policy/owners";
import { postgresPolicies } from "./adapters/policy/postgres";
import { postgresProgress } from "./adapters/progress/postgres";
import { type PublishedFlowsOptions, publishedFlows } from "./adapters/published-flows/published-flows";
import { receiptKey } from "./adapters/receipt-key/native";
import { notedRegistrations } from "./adapters/registrations/noted";
import { withRegistrations } from "./adapters/registrations/registered-agents";
import { offerTools, withdrawOthers } from "./adapters/registry/offered";
import { registryPlaces } from "./adapters/registry/places";
import { claimStarts, queueDue, untilNext } from "./adapters/triggers/due";
import { postgresTriggers } from "./adapters/triggers/postgres";
import { postgresValues } from "./adapters/values/postgres";
import { openDb } from "./db";
import { journalPool } from "./drivers/postgres/journal-pool";
import { guardedFetch } from "./egress/guarded-fetch";
import type { Env } from "./env";
import { escrowSettings } from "./escrow-settings";
import { flowsRepo } from "./repos/flows-repo";
import { registryRepo } from "./repos/registry-repo";
import { runsRepo } from "./repos/runs-repo";
import { runPublishedFlow } from "./use-cases/run-published-flow";
import type { EscrowRail } from "./worker/escrow-clock";
import type { Tools } from "./worker/offer-installed";
import type { Starts } from "./worker/trigger-clock";

/** All that the worker works with. `journal` is the driver's own, so that a busy ledger never keeps a journal waiting. */
export type WorkerParts = {
  journal: Pool;
  effects: Pool;
  ports: Ports;
  ladders: ReturnType<typeof postgresLadders>;
  starts: Starts;
  tools: Tools<Installed>;
  trials: Trials;
  /** Null in a worker without a chain, or without the keys to sign for it. */
  escrows: ((log: Carrying["log"]) => Promise<EscrowRail>) | null;
  outbox: Pick<ReturnType<typeof noticeOutbox>, "notices" | "announce">;
  key: SigningKey;
  /** Seals anew what an older key sealed, and tells how much it was. */
  renewSecrets(): Promise<number>;
  close(): Promise<void>;
};

/** `troubled` hears what went wrong and stops nothing: screens that could not be told, a notice that could not be brought. Errors: throws with one sentence when the worker cannot sign; a worker that runs must be able to. */
export function composeWorker(env: Env, troubled: (event: string, problem: unknown) => void): WorkerParts {
  const key = receiptKey(env.RECEIPT_KEY_FILE);
  const connectionString = env.DATABASE_URL;
  const journal = journalPool(connectionString);
  const effects = new Pool({ connectionString, max: 5, application_name: "studio-effects" });
  const clock = systemClock();
  const progress = postgresProgress({ pool: effects, failed: (problem) => troubled("progress_lost", problem) });
  const { agents, tools, closeTools } = composeAgents(env, effects, (call) => runPublishedFlow(services(), call));
  const ports: Ports = {
    agents: withRegistrations(withBreaker(agents, { clock }), composeRegistrations(env, effects)),
    approvals: postgresApprovals(effects),
    clock,
    credits: escrowSettings(env) ? escrowCredits(effects, ledgerCredits(effects)) : ledgerCredits(effects),
    models: withModelBreaker(openAiCompatibleModels({ providers: env.MODELS, keys: env.MODEL_KEYS }), { clock }),
    policy: postgresPolicies({ pool: effects, clock }),
    progress,
    values: postgresValues(effects),
  };
  let db: PrismaClient | undefined;
  const services = onceWanted(() => {
    db = openDb(connectionString);
    const repos = {
      flows: flowsRepo(db),
      registry: registryRepo(db, listedModels(env.MODELS)),
      runs: runsRepo(db, { freshAbove: env.APPROVAL_FRESH_ABOVE }),
    };
    const { values } = ports;
    const triggers = postgresTriggers(effects);
    return { clock, ...repos, policies: ownersPolicies(effects), triggers, values, wallet: ledgerWallet(effects) };
  });
  const starts: Starts = {
    queueDue: () => queueDue(effects),
    claim: () => claimStarts(effects),
    untilNext: () => untilNext(effects),
    services,
  };
  const guard = guardedFetch({ trusted: new Set(env.LOCAL_AGENTS) });
  const trials = postgresTrials(
    effects,
    { fetch: guard.fetch, callAs: calledAs(env.LOCAL_AGENTS) },
    secretsOfTrials(effects, keyRing(env.SECRETS_KEY_FILE)),
  );
  const outbox = composeOutbox(env, effects, (problem) => troubled("notice_broken", problem));
  const close = async () => {
    progress.stop();
    await outbox.close();
    await guard.close();
    await Promise.all([journal.end(), effects.end(), db?.$disconnect(), closeTools()]);
  };
  const renewSecrets = async () => {
    if (!env.SECRETS_KEY_FILE) return 0;
    const ring = keyRing(env.SECRETS_KEY_FILE);
    return (await resealAll(effects, ring)) + (await resealAddresses(effects, ring));
  };
  const escrows = composeEscrows(env, effects, key);
  const ladders = postgresLadders(effects);
  return { journal, effects, ports, ladders, starts, tools, trials, outbox, escrows, key, renewSecrets, close };
}

/** What brings escrows to the chain. The keys are read when it starts: a key that cannot be read ends the worker. */
function composeEscrows(env: Env, pool: Pool, key: SigningKey): WorkerParts["escrows"] {
  const settings = escrowSettings(env);
  const { SPONSOR_KEY_FILE: sponsor, SETTLER_KEY_FILE: settler } = env;
  if (!settings || !sponsor || !settler) return null;
  return async (log) => {
    // Loaded where there is a chain: most workers have none.
    const [{ escrowRail }, { rpcChain }, { rpcHistory }, { signerFrom }] = await Promise.all([
      import("./adapters/escrow/rail"),
      import("./adapters/escrow/rpc-chain"),
      import("./adapters/escrow/rpc-history"),
      import("./adapters/escrow/keys"),
    ]);
    const keys = { sponsor: await signerFrom(sponsor, "sponsor"), settler: await signerFrom(settler, "settler") };
    return escrowRail({ pool, chain: rpcChain(settings), settings, keys, log }, { history: rpcHistory(settings), key });
  };
}

/** Notices and the ways out of the studio. A ladder of approvals hears here of what reached nobody. */
function composeOutbox(env: Env, pool: Pool, failed: (problem: unknown) => void) {
  const { SMTP_URL: url, MAIL_FROM: from, STUDIO_URL: studioUrl } = env;
  const ways = setUpChannels({
    mail: url && from ? { url, from } : null,
    pushKeyFile: env.PUSH_KEY_FILE,
    trusted: env.NOTICE_ORIGINS,
    studioUrl,
    now: Date.now,
  });
  return noticeOutbox({
    ...{ pool, ways, studioUrl, failed },
    open: keyRing(env.SECRETS_KEY_FILE).open,
    onUndelivered: (client, { operation, person }) => undelivered(client, operation, [person]),
  });
}

/** What the chain has of agents that are registered there. What reads the chain is loaded for the first of them: most have none. */
function composeRegistrations(env: Env, pool: Pool): RegistrationsPort {
  const noted = notedRegistrations(pool);
  const reader = onceWanted(async () => {
    const [{ chainRegistrations }, { rpcChain }] = await Promise.all([
      import("./adapters/registrations/chain-registrations"),
      import("./adapters/escrow/rpc-chain"),
    ]);
    const { SOLANA_RPC_URL: urls, SOLANA_COMMITMENT: commitment } = env;
    const chain = urls.length > 0 ? rpcChain({ urls, commitment }) : null;
    return chainRegistrations({ noted: noted.of, chain, now: () => performance.now() });
  });
  return {
    async check(agent, manifest) {
      if (!(await noted.of(agent))) return ok("unregistered");
      return (await reader()).check(agent, manifest);
    },
  };
}

/** Whoever is called, over whatever protocol. Servers that the operator installed are started by the worker alone. */
function composeAgents(env: Env, effects: Pool, advance: PublishedFlowsOptions["advance"]) {
  const { servers, atOnce } = readInstalled(env.MCP_SERVERS_FILE);
  const installed = stdioServers(
    servers.map((server) => commandOf(server, env.PATH)).filter((command) => command !== null),
    { limits: { ...STDIO_LIMITS, atOnce } },
  );
  const placeOf = registryPlaces(effects);
  const trusted = { house: env.TRUSTED_ORIGINS, outside: env.LOCAL_AGENTS };
  const secretsFor = secretsOfCalls(effects, keyRing(env.SECRETS_KEY_FILE));
  const http = httpAgents({ placeOf, addresses: { house: env.AGENTS_URL }, trusted, secretsFor });
  const tools: Tools<Installed> = {
    servers,
    look: (server) => lookAtInstalled(server, { installed, trusted: env.TRUSTED_ORIGINS }),
    offer: (server, manifests) => offerTools(effects, originOfServer(server), manifests),
    // A worker that was told of no servers says nothing of those that others were told of.
    withdrawOthers: async () => {
      if (env.MCP_SERVERS_FILE) await withdrawOthers(effects, servers.map(originOfServer));
    },
  };
  const others = {
    mcp: mcpAgents({ placeOf, trusted, installed }),
    openapi: openApiAgents({ placeOf, trusted }),
    flow: publishedFlows({ placeOf, advance }),
  };
  const agents = byProtocol({ placeOf, http, others });
  return { agents, tools, closeTools: installed.close };
}

/** An agent that is put to the test before any registry has it. What the operator installed is not to be tried by others. */
function calledAs(outside: readonly string[]): CallAs {
  const trusted = { outside };
  return ({ origin, protocol }) => {
    const placeOf = async () => ({ origin, protocol, publisher: "outside" as const, price: null });
    return protocol.kind === "mcp"
      ? mcpAgents({ placeOf, trusted, installed: null })
      : openApiAgents({ placeOf, trusted });
  };
}

/** A worker that no trigger wakes needs no repos, and never loads what compiles their queries. */
function onceWanted<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
