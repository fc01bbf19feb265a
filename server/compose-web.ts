import "server-only";
import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { AccountId } from "@/flows/basics/ids";
import { keyRing } from "./adapters/agent-secrets/key-ring";
import { agentSecrets } from "./adapters/agent-secrets/postgres";
import { keptNotices } from "./adapters/channels/kept/notices";
import { systemClock } from "./adapters/clock/system";
import { ledgerWallet } from "./adapters/credits/wallet";
import { absentEscrows } from "./adapters/escrow/absent";
import { passkeyEvidence } from "./adapters/evidence/passkey";
import { passkeyRegistrar } from "./adapters/evidence/passkey-registrar";
import { relyingPartyAt } from "./adapters/evidence/relying-party";
import { walletEvidence } from "./adapters/evidence/wallet";
import { rpcExplorer } from "./adapters/explorer/rpc";
import { postgresLive } from "./adapters/live/postgres";
import { localFaucet } from "./adapters/local-chain/faucet";
import { listedModels } from "./adapters/models/listed";
import { ownersPolicies } from "./adapters/policy/owners";
import { guardedReader } from "./adapters/reader/guarded";
import { triggerSecrets } from "./adapters/trigger-secrets/sealed";
import { postgresTriggers } from "./adapters/triggers/postgres";
import { postgresValues } from "./adapters/values/postgres";
import { openDb } from "./db";
import { type Env, env } from "./env";
import { escrowSettings } from "./escrow-settings";
import { accountsRepo } from "./repos/accounts-repo";
import { apiKeysRepo } from "./repos/api-keys-repo";
import { approvalDesk } from "./repos/approval-desk";
import { callTimesRepo } from "./repos/call-times-repo";
import { deedsRepo } from "./repos/deeds-repo";
import { delegationsRepo } from "./repos/delegations-repo";
import { draftsRepo } from "./repos/drafts-repo";
import { proofChallenges } from "./repos/evidence-repo";
import { flowsRepo } from "./repos/flows-repo";
import { inboxRepo } from "./repos/inbox-repo";
import { listingsRepo } from "./repos/listings-repo";
import { organisationsRepo } from "./repos/organisations-repo";
import { passkeysRepo } from "./repos/passkeys-repo";
import { publishedRepo } from "./repos/published-repo";
import { publishersRepo } from "./repos/publishers-repo";
import { questionsRepo } from "./repos/questions-repo";
import { registryRepo } from "./repos/registry-repo";
import { runsRepo } from "./repos/runs-repo";
import { stoppedRepo } from "./repos/stopped-repo";
import { versionsRepo } from "./repos/versions-repo";
import { type WalletsRepo, walletsRepo } from "./repos/wallets-repo";
import type { Services } from "./services";

/** Who publishes the studio's own agents. */
const HOUSE = AccountId.parse("studio");
const kept = globalThis as unknown as { studioServices?: Services };

/** What the web process works with. It signs nothing and calls no agent: it has neither key nor adapter for that.
 * It reads what publishers have put at their addresses. */
export function composeWeb(): Services {
  kept.studioServices ??= compose();
  return kept.studioServices;
}

/** Escrows as this process reaches them: it asks the chain, and signs nothing. Loaded when somebody first wants one. */
function composeDesk(told: Env, pool: Pool, wallets: WalletsRepo): Services["escrows"] {
  const settings = escrowSettings(told);
  if (!settings) return absentEscrows();
  const payoutWalletOf = (account: AccountId) => wallets.payoutWalletOf(account);
  let made: Promise<Services["escrows"]> | undefined;
  const make = async () => {
    const [{ escrowDesk }, { rpcChain }] = await Promise.all([
      import("./adapters/escrow/desk"),
      import("./adapters/escrow/rpc-chain"),
    ]);
    return escrowDesk({ pool, chain: rpcChain(settings), settings, payoutWalletOf });
  };
  const desk = () => {
    made ??= make();
    return made;
  };
  return {
    offer: async (ask) => (await desk()).offer(ask),
    submit: async (ask) => (await desk()).submit(ask),
    ofRun: async (owner, run) => (await desk()).ofRun(owner, run),
    earnings: async (owner, run) => (await desk()).earnings(owner, run),
    dispute: async (ask) => (await desk()).dispute(ask),
    extend: async (ask) => (await desk()).extend(ask),
    withoutRun: async (owner) => (await desk()).withoutRun(owner),
  };
}

function windowOf(told: Env): Services["site"]["escrow"] {
  const settings = escrowSettings(told);
  return settings && { windowSeconds: settings.windowSeconds };
}

/** The ways in which a yes can be signed. Nonces are letters and digits, as wallets take them. */
function composeEvidence({ db, wallets, origin }: Pick<Services, "wallets"> & EvidencePlace) {
  const fresh = () => `${randomUUID()}${randomUUID()}`.replaceAll("-", "");
  const linked = async (account: AccountId) => {
    const found = await wallets.linked(account);
    return found && { address: found.address, waitsUntilMs: found.waitsUntil?.getTime() ?? null };
  };
  const challenges = proofChallenges(db);
  const passkeys = passkeysRepo(db);
  const needs = { challenges, keys: passkeys, party: relyingPartyAt(origin), fresh };
  const evidence = { wallet: walletEvidence({ challenges, linked, origin, fresh }), passkey: passkeyEvidence(needs) };
  return { evidence, passkeys, registrar: passkeyRegistrar(needs) };
}
type EvidencePlace = { db: ReturnType<typeof openDb>; origin: string };

/** Asked of the chain with what a wallet is about to sign. */
function composeDryRun(urls: readonly string[]): Services["dryRun"] {
  if (urls.length === 0)
    return { changes: async () => ({ ok: false, error: { code: "outcome_unknown", reason: "there is no chain" } }) };
  return {
    changes: async (transaction, addresses) =>
      (await import("./adapters/dry-run/rpc")).rpcDryRun(urls).changes(transaction, addresses),
  };
}

function compose(): Services {
  const {
    DATABASE_URL: databaseUrl,
    SECRETS_KEY_FILE: secretsKeyFile,
    TRIGGER_KEY_FILE: triggerKeyFile,
    LOCAL_AGENTS: trusted,
    STUDIO_URL: studioUrl,
    APPROVAL_FRESH_ABOVE: freshAbove,
    APPROVAL_FIRST_MEANS_AFTER_HOURS: firstMeansAfterHours,
    MODELS: providers,
    HOUSE_WALLET: housePayout = null,
    SOLANA_CHAIN: chain,
    SOLANA_RPC_URL: urls,
    ESCROW_PROGRAM: escrowProgram,
    USDC_MINT: usdcMint,
    REGISTRY_PROGRAM: registryProgram,
  } = env();
  const db = openDb(databaseUrl);
  const pool = new Pool({ connectionString: databaseUrl, max: 4 });
  pool.on("error", () => undefined); // an idle connection was cut; the next query opens another or fails by itself
  const wallets = walletsRepo(db, { account: HOUSE, payout: housePayout });
  return {
    accounts: accountsRepo(db),
    apiKeys: apiKeysRepo(db),
    approvalDesk: approvalDesk(db),
    agentSecrets: agentSecrets(pool, keyRing(secretsKeyFile)),
    callTimes: callTimesRepo(db),
    clock: systemClock(),
    deeds: deedsRepo(db),
    delegations: delegationsRepo(db),
    drafts: draftsRepo(db),
    dryRun: composeDryRun(urls),
    escrows: composeDesk(env(), pool, wallets),
    ...composeEvidence({ db, wallets, origin: new URL(studioUrl).origin }),
    explorer: rpcExplorer({ urls, escrowProgram, usdcMint, registryProgram }),
    flows: flowsRepo(db),
    ids: { fresh: randomUUID },
    imports: {
      // Loaded when somebody first wants them: few do.
      mcp: async (address) => (await import("./adapters/mcp/look")).mcpLook({ trusted })(address),
      document: async (text) => (await import("./adapters/openapi/document")).readDocument(text),
    },
    inbox: inboxRepo(db),
    listings: listingsRepo(db),
    live: postgresLive({ pool, databaseUrl }),
    notices: keptNotices(pool, keyRing(secretsKeyFile)),
    organisations: organisationsRepo(db),
    policies: ownersPolicies(pool),
    publishers: publishersRepo(db),
    published: publishedRepo(db),
    questions: questionsRepo(db),
    reader: guardedReader(trusted),
    registry: registryRepo(db, listedModels(providers)),
    runs: runsRepo(db, { freshAbove }),
    site: {
      ...{ origin: new URL(studioUrl).origin, chainId: `solana:${chain}`, escrow: windowOf(env()) },
      firstMeansAfterHours,
    },
    stopped: stoppedRepo(db),
    testMoney: chain === "localnet" && urls[0] !== undefined ? localFaucet(urls[0]) : null,
    triggers: postgresTriggers(pool),
    triggerSecrets: triggerSecrets(triggerKeyFile),
    values: postgresValues(pool),
    versions: versionsRepo(db),
    wallet: ledgerWallet(pool),
    wallets,
  };
}
