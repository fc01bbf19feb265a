import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FlowId, NodeId, OperationId, type RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { compile } from "@/flows/compile/compile";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { catalog } from "@/flows/nodes/catalog";
import { digestOf } from "@/flows/plan/digest";
import { Policy } from "@/flows/policy/rules";
import { PrismaClient } from "@/generated/prisma/client";
import { systemClock } from "../adapters/clock/system";
import { ledgerWallet } from "../adapters/credits/wallet";
import { ownersPolicies } from "../adapters/policy/owners";
import { postgresPolicies } from "../adapters/policy/postgres";
import { postgresTriggers } from "../adapters/triggers/postgres";
import { postgresValues } from "../adapters/values/postgres";
import { type Cluster, startCluster } from "../drivers/postgres/fresh-database.contract";
import { eve, type Rig, rig } from "../drivers/postgres/rig.contract";
import { approvalDesk } from "../repos/approval-desk";
import { flowsRepo } from "../repos/flows-repo";
import { inboxRepo } from "../repos/inbox-repo";
import { questionsRepo } from "../repos/questions-repo";
import { runsRepo } from "../repos/runs-repo";
import { stoppedRepo } from "../repos/stopped-repo";
import type { Services } from "../services";
import { triggered } from "../use-cases/trigger-rig.contract";
import { turnOnTrigger } from "../use-cases/turn-on-trigger";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

/** Changes something, and whatever it changes, no payment can follow from it. A reason for each. */
const SPENDS_NOTHING: Readonly<Record<string, string>> = {
  "flows.create": "draws; what is drawn is paid for when a run of it is started",
  "flows.edit": "draws",
  "flows.nameRevision": "names",
  "flows.publish":
    "hands a flow in for review; each run that a call of it comes to is judged by its publisher's rules when it starts",
  "flows.remove": "takes a drawing away",
  "flows.rename": "names",
  "policies.set": "sets the rules; runs under way keep theirs",
  "publishing.claim": "takes a name",
  "publishing.createDraft": "keeps a form",
  "publishing.importManifest": "reads a declaration",
  "publishing.move": "moves a listing of one's own",
  "publishing.proveByFile": "proves a name",
  "publishing.proveByWallet": "proves a name",
  "publishing.removeDraft": "takes a form away",
  "publishing.review": "says whether an agent is listed; flows name the agents that they call",
  "publishing.saveDraft": "keeps a form",
  "publishing.startTrial": "has a draft's own agent tried; nobody is paid for that",
  "publishing.submit": "hands a form in",
  "publishing.unhide": "lists an agent of one's own again",
  "registry.importMcp": "looks at a server; nothing is kept",
  "registry.importOpenApi": "reads a text; nothing is kept",
  "registry.prepareTry": "draws a flow of one agent; a try is started with runs.start",
  "registry.setFavourite": "marks",
  "runs.pause": "holds a run back",
  "runs.setAside": "takes a run or a letter off a list",
  "apiKeys.create": "lets a program act in a person's name, within scopes that start nothing",
  "apiKeys.revoke": "takes that away",
  "approvals.refuseMany": "refuses, which pays nobody",
  "delegations.create": "lets somebody answer in another's place; what a yes pays is judged all the same",
  "delegations.revoke": "takes that away",
  "escrows.submit":
    "hands over what its payer's wallet signed, which only an offer that the rules let through comes to; the run is judged again when it starts",
  "escrows.dispute": "makes what its payer's wallet signs to keep money from being paid; it pays nobody",
  "escrows.extend": "makes what its payer's wallet signs to give a run more time; caps and payees stay what they are",
  "escrows.testMoney": "gives test money on the local chain",
  "notices.addAddress": "says where somebody is reached",
  "notices.checkAddress": "sends a code",
  "notices.confirmAddress": "takes a code",
  "notices.markRead": "marks",
  "notices.removeAddress": "takes an address away",
  "notices.set": "sets quiet hours",
  "notices.test": "sends a test notice",
  "notices.want": "says what somebody is told",
  "approvals.wordsToSign": "gives words to sign; what is signed is heard by approvals.answer",
  "approvals.passkeyToSign": "gives a challenge to sign; what is signed is heard by approvals.answer",
  "passkeys.add": "keeps a public key",
  "passkeys.offer": "gives a challenge to make a passkey for",
  "passkeys.optionsToConfirm": "gives a challenge to sign",
  "passkeys.remove": "takes a public key away",
  "passkeys.rename": "changes a name",
  "passkeys.wordsToConfirm": "gives words to sign",
  "organisations.answerInvitation": "says whether oneself can be asked",
  "organisations.change": "says who can be asked",
  "organisations.found": "begins with its founder alone",
  "runs.setStops": "holds a run back at more places",
  "runs.stop": "ends a run",
  "secrets.remove": "takes a secret away",
  "secrets.set": "seals a secret; it goes out with calls of runs that are started otherwise",
  "triggers.rotateSecret": "changes what posts are signed with",
  "triggers.turnOff": "starts nothing any more",
  "wallets.bePaidAt": "says where what is earned goes",
  "wallets.link": "says which wallet is whose; it signs each payment itself",
  "wallets.unlink": "takes that away",
  "wallets.unlinkWaiting": "takes that away before it counts",
  "wallets.wordsToBePaidAt": "makes words to sign",
  "wallets.wordsToLink": "makes words to sign",
  "wallets.wordsToSignIn": "makes words to sign",
  "wallets.wordsToUnlink": "makes words to sign",
};

let cluster: Cluster;
let studio: Rig;
let db: PrismaClient;
let services: Services;
let parked: RunId;
const flow = FlowId.parse("drawn");
const FORBIDDEN = Policy.parse({
  version: 1,
  rules: [{ id: "nothing", rule: "max_amount", per: "step", most: { currency: "microcredits", amount: "0" } }],
});

/** A payer with money, a trigger that is on, and a run that waits for a yes under rules that deny every payment. */
beforeAll(async () => {
  cluster = await startCluster();
  const { url, pool } = await cluster.database();
  studio = rig(pool);
  await studio.open();
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
  const wallet = ledgerWallet(pool);
  await wallet.open(eve, "trial_microcredits");
  const gift = money("trial_microcredits", 100_000_000n);
  await wallet.grant({ operation: OperationId.parse("trial gift"), owner: eve, amount: gift });
  services = {
    approvalDesk: approvalDesk(db),
    clock: systemClock(),
    flows: flowsRepo(db),
    ids: { fresh: () => randomUUID() },
    inbox: inboxRepo(db),
    policies: ownersPolicies(pool),
    questions: questionsRepo(db),
    registry: { active: async () => sampleManifests, models: new Map() },
    runs: runsRepo(db, { freshAbove: null }),
    site: { escrow: { windowSeconds: 0 } },
    stopped: stoppedRepo(db),
    triggers: postgresTriggers(pool),
    triggerSecrets: { fresh: () => "secret", seal: () => "sealed", open: () => "secret", isSigned: () => false },
    values: postgresValues(pool),
    wallet,
  } as unknown as Services;
  await services.flows.create(eve, { id: flow, name: "Drawn", document: triggered });
  const on = await turnOnTrigger(services, {
    ...{ owner: eve, flow, node: NodeId.parse("paid"), plan: drawn, mostPerDay: gift as never },
    ...{ input: { text: "A text." }, missed: "all" },
  });
  if (!on.ok) throw new Error(on.error.code);
  const policy = await services.policies.put(eve, FORBIDDEN);
  const plan = planOf([askStep("ask"), callStep("call", [{ step: 0, port: "approved" }])]);
  parked = await studio.start(plan, randomUUID(), { policy });
  await drive();
  await vi.waitFor(async () => expect(await services.questions.countOpen(eve)).toBe(1), 20_000);
  await studio.stop();
});
afterAll(async () => {
  await studio.close();
  await db.$disconnect();
  await cluster.stop();
});

const compiled = compile(triggered, { kinds: catalog, manifests: sampleManifests });
if (!compiled.ok) throw new Error("the flow does not compile");
const drawn = compiled.value.hash;

function drive() {
  const { ports } = studio.portsWith();
  return studio.drive({ ...ports, policy: postgresPolicies({ pool: studio.pool, clock: ports.clock }) });
}

async function question() {
  const [open] = await services.questions.list(eve, { state: "open" });
  if (!open) throw new Error("nobody is asked");
  const { rows } = await studio.pool.query("select operation, subject from question where run_id = $1", [parked]);
  return rows[0] as { operation: string; subject: string };
}

type Asking = { input: () => unknown; code?: string };
const input = { text: "A text." };
const letter = { run: () => ({ run: parked, request: randomUUID() }) };

/** What a payment can follow from: each with an input that would lead to one, and the refusal that comes of it at once. */
const SPENDS: Readonly<Record<string, Asking>> = {
  "runs.start": {
    input: () => ({ flow, run: randomUUID(), plan: drawn, currency: "trial_microcredits", input }),
    code: "policy_denied",
  },
  "escrows.offer": { input: () => ({ flow, run: randomUUID(), plan: drawn, input }), code: "policy_denied" },
  "runs.fork": { input: () => ({ of: parked, run: randomUUID(), from: { after: 1 } }), code: "policy_denied" },
  "triggers.turnOn": {
    input: () => ({ flow, node: "paid", plan: drawn, mostPerDay: money("trial_microcredits", 100_000_000n), input }),
  },
  "events.publish": { input: () => ({ name: "order.paid", id: "order-1", data: { order: "1" } }) },
  "approvals.answer": { input: async () => ({ ...(await question()), answer: "approved" }) },
  "runs.resume": { input: () => ({ ...letter.run(), only: null }) },
  "runs.retry": { input: () => ({ run: parked }), code: "run_not_faulted" },
  "runs.retryLetter": { input: () => ({ letter: 1n }), code: "letter_not_found" },
  "runs.settle": {
    input: () => ({ run: parked, operation: `${parked}/call/call`, delivered: { output: {}, price: 30n } }),
    code: "outcome_settled",
  },
};

const mutations = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)
  .filter(([, { _def }]) => _def.type === "mutation")
  .map(([path]) => path);

test("every procedure that changes something is known to spend nothing, or is tried under rules that deny", () => {
  expect([...Object.keys(SPENDS), ...Object.keys(SPENDS_NOTHING)].sort()).toEqual(mutations.sort());
});

/** The journal and the ledger, whole, and every run there is. */
async function books(): Promise<string> {
  const all = async (table: string) => {
    const { rows } = await studio.pool.query<{ row: string }>(`select t::text as row from "${table}" t order by 1`);
    return rows.map(({ row }) => row);
  };
  const tables = [
    "run_event",
    "receipt",
    "ledger_account",
    "ledger_operation",
    "ledger_transfer",
    "ledger_reservation",
  ];
  const { rows: runs } = await studio.pool.query("select id, seq, spent from run order by id");
  return JSON.stringify([await Promise.all(tables.map(all)), runs]);
}

test.each(Object.entries(SPENDS))(
  "%s under rules that deny leaves journal and ledger as they were",
  async (path, { input: asked, code }) => {
    const [router = "", procedure = ""] = path.split(".");
    const caller = createCallerFactory(appRouter)({ user: { id: eve, way: "browser" }, services });
    const call = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[router]?.[
      procedure
    ];
    const before = await books();
    const outcome = await call?.(await asked()).then(
      () => "answered",
      (problem) => problem.cause?.detail?.code ?? String(problem),
    );
    expect(outcome).toBe(code ?? "answered");
    expect(await books()).toBe(before);
  },
);

test("and what workers make of it under those rules pays nobody", async () => {
  await drive();
  expect(await studio.finished(parked)).toMatchObject({ status: "failed", spent: "0" });
  expect((await studio.events(parked)).map(({ type }) => type)).toContain("judged");
  const { rows } = await studio.pool.query(
    "select kind, count(*)::int as times from ledger_operation group by kind order by kind",
  );
  expect(rows.filter(({ kind }) => kind === "capture")).toEqual([]);
  const { rows: runs } = await studio.pool.query("select id from run");
  expect(runs).toEqual([{ id: parked }]);
  const { rows: starts } = await studio.pool.query("select state, cause from trigger_start");
  expect(starts).toMatchObject([{ cause: expect.stringContaining("policy_denied") }]);
  expect(digestOf(FORBIDDEN)).toHaveLength(64);
});
