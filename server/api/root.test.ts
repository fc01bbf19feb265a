import { TRPCError } from "@trpc/server";
import { getErrorShape } from "@trpc/server/unstable-core-do-not-import";
import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { virtualClock } from "@/flows/simulator/clock";
import { memoryValues } from "@/flows/simulator/values";
import type { Services } from "../services";
import { appRouter } from "./root";
import { type Context, createCallerFactory } from "./trpc";

const nobody: Services = {
  accounts: { create: async () => undefined, find: async () => null, names: async () => new Map() },
  apiKeys: { list: async () => [], create: async () => undefined, revoke: async () => false, holder: async () => null },
  approvalDesk: { answer: async () => ({ ok: false, error: { code: "question_not_found" } }) },
  agentSecrets: {
    list: async () => [],
    isNeeded: async () => false,
    put: async () => undefined,
    remove: async () => false,
  },
  callTimes: { latest: async () => [] },
  clock: virtualClock(),
  deeds: {
    take: async () => false,
    known: async () => new Set(),
    between: async () => [],
    list: async () => [],
    mark: async () => undefined,
    marks: async () => [],
    markBefore: async () => null,
  },
  delegations: { list: async () => [], create: async () => undefined, revoke: async () => false },
  drafts: {
    list: async () => [],
    find: async () => null,
    create: async () => undefined,
    save: async () => null,
    remove: async () => false,
    startTrial: async () => undefined,
    latestTrial: async () => null,
    trial: async () => null,
  },
  dryRun: { changes: async () => ({ ok: false, error: { code: "outcome_unknown", reason: "no chain" } }) },
  escrows: {
    offer: async () => ({ ok: false, error: { code: "rail_absent" } }),
    submit: async ({ intent }) => ({ ok: false, error: { code: "intent_unknown", intent } }),
    ofRun: async () => null,
  },
  explorer: {
    overview: async () => ({ ok: false, error: { code: "chain_absent" } }),
    transaction: async () => ({ ok: false, error: { code: "chain_absent" } }),
    account: async () => ({ ok: false, error: { code: "chain_absent" } }),
  },
  flows: {
    list: async () => [],
    find: async () => null,
    create: async () => undefined,
    ensure: async () => undefined,
    rename: async () => false,
    remove: async () => false,
    freeze: async () => 1,
    version: async () => null,
  },
  ids: { fresh: () => "fresh" },
  imports: {
    mcp: async () => ({ ok: false, error: { code: "server_unreachable", reason: "nobody" } }),
    document: async () => ({ ok: true, value: {} }),
  },
  inbox: { post: async () => "posted" },
  listings: {
    search: async () => [],
    counts: async () => ({
      total: 0,
      categories: [],
      facets: { state: [], band: [], protocol: [], effect: [], publisher: [] },
    }),
    house: async () => [],
    manifests: async () => [],
    versions: async () => [],
    isFavourite: async () => false,
    setFavourite: async () => undefined,
  },
  live: { moves: async function* () {}, follow: async function* () {} },
  notices: {
    isZone: () => true,
    addresses: {
      list: async () => [],
      add: async () => null,
      checkAgain: async () => false,
      checks: async () => ({ byOwner: 0, toTarget: 0 }),
      checksOf: async () => null,
      confirm: async () => "not_found",
      remove: async () => false,
      test: async () => null,
    },
    undelivered: async () => [],
    list: async () => [],
    countUnread: async () => 0,
    markRead: async () => undefined,
    channels: async () => [],
    wanted: async () => [],
    want: async () => undefined,
    settings: async () => ({ zone: "UTC", quietFrom: 0, quietUntil: 0, order: [] }),
    set: async () => undefined,
  },
  policies: { inForce: async () => null, put: async () => null, sums: async () => ({}) },
  publishers: {
    list: async () => [],
    find: async () => null,
    claim: async (owner, name, token) => ({ owner, name, token, proof: null, provedBy: null, origins: [] }),
    prove: async () => undefined,
    isProvedByOther: async () => false,
    isReviewer: async () => false,
  },
  organisations: { list: async () => [], found: async () => false, change: async () => null },
  reader: { text: async () => ({ ok: false, error: { problem: "nobody reads" } }) },
  published: { submit: async () => "taken" },
  questions: { list: async () => [], find: async () => null, notes: async () => [], countOpen: async () => 0 },
  registry: { active: async () => new Map(), models: new Map() },
  runs: {
    queue: async () => true,
    list: async () => [],
    find: async () => null,
    plan: async () => null,
    spentBy: async () => [],
    underWay: async () => ({ working: 0, waiting: 0 }),
    retry: async () => false,
    events: async () => [],
    receipts: async () => ({ receipts: [], keys: {} }),
  },
  site: { origin: "https://studio.example", chainId: "solana:mainnet", escrow: null },
  stopped: {
    list: async () => [],
    retryLetter: async () => "letter_not_found",
    setLetterAside: async () => false,
    setRunAside: async () => false,
  },
  testMoney: null,
  triggers: {
    turnOn: async ({ id }) => ({ id, isSecretNew: true }),
    turnOff: async () => false,
    list: async () => [],
    hook: async () => null,
    ownHook: async () => null,
    rotateSecret: async () => undefined,
    listeningTo: async () => [],
    queue: async () => ({ ok: true, value: [] }),
    admit: async () => ({ ok: false, error: { code: "trigger_off" } }),
    settle: async () => undefined,
    starts: async () => [],
  },
  triggerSecrets: { fresh: () => "secret", seal: () => "sealed", open: () => "secret", isSigned: () => false },
  values: memoryValues(),
  versions: {
    find: async () => null,
    newest: async () => null,
    ofOwner: async () => [],
    pending: async () => [],
    submit: async () => false,
    move: async () => false,
    unhide: async () => false,
    probes: async () => [],
    earned: async () => ({ all: 0n, calls: 0, lastThirtyDays: 0n }),
  },
  wallet: {
    open: async () => undefined,
    grant: async () => undefined,
    balances: async () => [],
    postings: async () => [],
  },
  wallets: {
    issue: async () => ({ issuedAt: new Date(0), expiresAt: new Date(300_000) }),
    take: async () => null,
    accountOf: async () => null,
    linked: async () => null,
    link: async () => "wallet_taken",
    unlink: async () => false,
    setPayout: async () => undefined,
    payoutWalletOf: async () => null,
  },
};

/** What a stranger may ask. Every other procedure turns strangers away. */
const OPEN_TO_STRANGERS = ["account.me", "wallets.wordsToSignIn"];

const procedures = Object.keys(appRouter._def.procedures);
const caller = (user: Context["user"]) => createCallerFactory(appRouter)({ user, services: nobody });
const ada = { id: AccountId.parse("ada"), way: "browser" } as const;

type Callable = Record<string, Record<string, (input?: unknown) => Promise<unknown>>>;
function call(user: Context["user"], path: string, input?: unknown): Promise<unknown> {
  const [router = "", procedure = ""] = path.split(".");
  const found = (caller(user) as unknown as Callable)[router]?.[procedure];
  if (!found) throw new Error(`no procedure ${path}`);
  return found(input);
}

test.each(procedures.filter((path) => !OPEN_TO_STRANGERS.includes(path)))("%s turns a stranger away", async (path) => {
  await expect(call(null, path)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("a stranger is told nothing but words to sign, which name nobody", async () => {
  expect(await call(null, "account.me")).toBeNull();
  expect(await call(null, "wallets.wordsToSignIn")).toEqual({
    ...{ domain: "studio.example", uri: "https://studio.example", version: "1", chainId: "solana:mainnet" },
    ...{ nonce: "freshfresh", statement: "Sign in to Agent Labs Studio. This pays nothing." },
    ...{ issuedAt: "1970-01-01T00:00:00.000Z", expirationTime: "1970-01-01T00:05:00.000Z" },
  });
});

test("a domain error keeps its detail through tRPC", async () => {
  await expect(call(ada, "flows.get", { flow: "f" })).rejects.toMatchObject({
    code: "NOT_FOUND",
    cause: { detail: { code: "flow_not_found" } },
  });
});

test("what breaks inside is not told to the client in its own words", () => {
  const shapeOf = (error: TRPCError) => {
    const about = { error, type: "query", path: "runs.list", input: undefined, ctx: undefined } as const;
    return getErrorShape({ config: appRouter._def._config, ...about });
  };
  const broke = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: new Error("password of studio@10.0.0.7") });
  expect(JSON.stringify(shapeOf(broke))).not.toContain("10.0.0.7");
  expect(shapeOf(broke).message).toBe("internal_error");
  expect(shapeOf(new TRPCError({ code: "UNAUTHORIZED", message: "Sign in." })).message).toBe("Sign in.");
});

test("a field that no procedure knows is refused, not ignored", async () => {
  const start = {
    flow: "f",
    run: "2b0f4f6e-3f0a-4c7e-9a57-2f0a3b1c9d10",
    plan: "0".repeat(64),
    currency: "microcredits",
    input: {},
  };
  await expect(call(ada, "runs.start", start)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const extra of [{ nodes: [] }, { document: {} }, { payer: "eve" }, { budget: money("microcredits", 1n) }])
    await expect(call(ada, "runs.start", { ...start, ...extra })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a trigger is turned on within the rails that a run can be paid on, and by nobody who says more than is asked", async () => {
  const mostPerDay = { currency: "microcredits", amount: 5n };
  const on = { flow: "f", node: "n", plan: "0".repeat(64), mostPerDay, input: {} };
  await expect(call(ada, "triggers.turnOn", on)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const wrong of [
    { mostPerDay: { currency: "usdc_base", amount: 5n } },
    { mostPerDay: { currency: "microcredits", amount: -5n } },
    { owner: "eve" },
    { bound: mostPerDay },
    { missed: "twice" },
  ])
    await expect(call(ada, "triggers.turnOn", { ...on, ...wrong })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("nobody publishes an event that runs raise, nor what is no plain JSON", async () => {
  const event = { name: "order.paid", id: "o-1", data: {} };
  await expect(call(ada, "events.publish", event)).resolves.toEqual([]);
  await expect(call(ada, "events.publish", { ...event, name: "run.succeeded" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const deep = JSON.parse(`${'{"a":'.repeat(5_000)}{}${"}".repeat(5_000)}`);
  for (const wrong of [{ id: "a b" }, { name: "Order Paid" }, { data: deep }, { data: [] }, { data: { a: 1n } }])
    await expect(call(ada, "events.publish", { ...event, ...wrong })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test.each([{}, { policy: undefined }, { policys: null }])(
  "rules are not taken away by a request that says %j",
  async (input) => {
    await expect(call(ada, "policies.set", input)).rejects.toThrow();
  },
);

test("rules are taken away by a null that is written", async () => {
  await expect(call(ada, "policies.set", { policy: null })).resolves.toEqual({ digest: null });
});

test("nobody has the studio look at servers and documents without end", async () => {
  const eager = { id: AccountId.parse("eager"), way: "browser" } as const;
  const asked = { text: "{}", publisher: "acme" };
  for (let times = 0; times < 20; times++)
    await expect(call(eager, "registry.importOpenApi", asked)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  const server = { address: "https://tools.example/mcp", publisher: "acme" };
  await expect(call(eager, "registry.importOpenApi", asked)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(call(eager, "registry.importMcp", server)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(
    call({ id: AccountId.parse("calm"), way: "browser" }, "registry.importOpenApi", asked),
  ).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
});

test("what no database keeps is told to whoever types it, and is no fault of the studio's", async () => {
  const form = { title: "Shouter\u0000" };
  const asked = [
    ["publishing.createDraft", { form }],
    ["publishing.saveDraft", { draft: "d", revision: 1, form }],
    ["publishing.move", { agent: "acme/a@1.0.0", digest: "0".repeat(64), deed: "suspend", reason: "\u0000" }],
  ] as const;
  for (const [path, input] of asked)
    await expect(call(ada, path, input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("nobody uses the chain's servers up for all others", async () => {
  const eager = { id: AccountId.parse("eager-payer"), way: "browser" } as const;
  const offer = { flow: "f", plan: "0".repeat(64), run: "2b0f4f6e-3f0a-4c7e-9a57-2f0a3b1c9d10", input: {} };
  for (let times = 0; times < 20; times++)
    await expect(call(eager, "escrows.offer", offer)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  await expect(call(eager, "escrows.offer", offer)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  for (const more of [{ payees: [] }, { cap: 1n }, { wallet: "eve" }, { transaction: "" }])
    await expect(
      call({ ...eager, id: AccountId.parse("sly") }, "escrows.offer", { ...offer, ...more }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
