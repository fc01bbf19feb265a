import { expect, test } from "vitest";
import { AccountId, FlowId, RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { compile } from "@/flows/compile/compile";
import { fundingOf } from "@/flows/escrow/funding";
import { reviewedReport } from "@/flows/examples/reviewed-report";
import { defaultsOf } from "@/flows/examples/sample";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { catalog } from "@/flows/nodes/catalog";
import { digestOf } from "@/flows/plan/digest";
import type { Manifest } from "@/flows/plan/manifest";
import type { WantedSum } from "@/flows/policy/facts";
import { Policy } from "@/flows/policy/rules";
import { virtualClock } from "@/flows/simulator/clock";
import { memoryValues } from "@/flows/simulator/values";
import type { SavedFlow } from "../repos/flows-repo";
import type { QueuedRun, RunInList } from "../repos/runs-repo";
import { type StartRun, startRun } from "./start-run";

const ada = AccountId.parse("ada");
const { document } = reviewedReport;
const compiled = compile(document, { kinds: catalog, manifests: sampleManifests });
if (!compiled.ok) throw new Error("the sample does not compile");
const { hash, plan: compiledPlan } = compiled.value;

const flow: SavedFlow = { id: FlowId.parse("f"), name: "Report", revision: 1, updatedAt: new Date(0), document };
const ask: StartRun = {
  owner: ada,
  flow: flow.id,
  run: RunId.parse("run-1"),
  plan: hash,
  currency: "trial_microcredits",
  input: defaultsOf(document),
};

/** A studio with one flow in it, whose owner has `purse` trial microcredits. */
function studio({
  saved = flow as SavedFlow | null,
  manifests = sampleManifests,
  purse = 1_000_000n,
  taken = null as RunInList | null,
  rules = null as readonly object[] | null,
  spent = 0n,
  underWay = { working: 0, waiting: 0 },
} = {}) {
  const queued: QueuedRun[] = [];
  const unused = async () => {
    throw new Error("not used here");
  };
  const services = {
    clock: virtualClock(7),
    flows: {
      list: unused,
      find: async () => saved,
      create: unused,
      ensure: unused,
      rename: unused,
      remove: unused,
      freeze: async () => 3,
      version: unused,
    },
    policies: {
      inForce: async () => (rules ? { digest: digestOf(rules), policy: Policy.parse({ version: 1, rules }) } : null),
      put: unused,
      sums: async (_: AccountId, wanted: readonly WantedSum[]) =>
        Object.fromEntries(wanted.map(({ key }) => [key, money("microcredits", spent)])),
    },
    registry: { active: async () => manifests, models: new Map() },
    runs: {
      queue: async (run: QueuedRun) => {
        if (taken) return false;
        queued.push(run);
        return true;
      },
      find: async () => taken,
      list: unused,
      plan: unused,
      spentBy: unused,
      underWay: async () => underWay,
      retry: unused,
      events: unused,
      receipts: unused,
    },
    values: memoryValues(),
    wallet: {
      open: unused,
      grant: unused,
      balances: async () => [{ free: money("trial_microcredits", purse), held: money("trial_microcredits", 0n) }],
      postings: unused,
    },
  };
  return { services, queued };
}

test("whoever starts a run pays for it, at most the bound of the plan that was agreed to", async () => {
  const { services, queued } = studio();
  expect(await startRun(services, ask)).toEqual({ ok: true, value: "run-1" });
  expect(queued).toMatchObject([
    { flowVersion: 3, atMs: 7, terms: { payer: "ada", plan: hash, budget: money("trial_microcredits", 1_000_000n) } },
  ]);
});

test("a flow that is not the owner's is not found", async () => {
  expect(await startRun(studio({ saved: null }).services, ask)).toEqual({
    ok: false,
    error: { code: "flow_not_found" },
  });
});

test("regression 27: a price that changed since the plan was shown is asked about again, never paid in silence", async () => {
  const dearer = new Map(
    [...sampleManifests].map(([id, manifest]) => [
      id,
      { ...manifest, price: { kind: "per_call" as const, price: money("microcredits", 900_000n) } },
    ]),
  );
  const { services, queued } = studio({ manifests: dearer, purse: 9_000_000n });
  expect(await startRun(services, ask)).toMatchObject({
    error: { code: "plan_changed", agreed: hash, bound: [money("microcredits", 1_800_000n)] },
  });
  expect(queued).toEqual([]);
});

const wider = (schema: Manifest["input"]) => ({ ...schema, properties: { ...schema.properties, more: {} } });
const page = { kind: "metered" as const, unit: "page", price: money("microcredits", 1n), maxPerCall: 4 };
test.each<[string, (was: Manifest) => Partial<Manifest>]>([
  ["price, though it costs less", () => ({ price: { kind: "per_call", price: money("microcredits", 1n) } })],
  ["price, by the page now", () => ({ price: page })],
  ["payee", () => ({ payee: AccountId.parse("mallory") })],
  ["publisher", () => ({ publisher: "outside" })],
  ["input schema", ({ input }) => ({ input: wider(input) })],
  ["output schema", ({ output }) => ({ output: wider(output) })],
  ["declaration", () => ({ digest: digestOf("another declaration") })],
  ["effect class", () => ({ effect: "once" })],
])("regression 27: an agent with another %s is asked about again, never called in silence", async (_, change) => {
  const changed = new Map([...sampleManifests].map(([id, manifest]) => [id, { ...manifest, ...change(manifest) }]));
  const { services, queued } = studio({ manifests: changed, purse: 9_000_000n });
  expect(await startRun(services, ask)).toMatchObject({ error: { code: "plan_changed", agreed: hash } });
  expect(queued).toEqual([]);
});

test("regression 27: of a price by the page every part is agreed to", async () => {
  const hashWith = (price: Manifest["price"]) => {
    const manifests = new Map([...sampleManifests].map(([id, manifest]) => [id, { ...manifest, price }]));
    const again = compile(document, { kinds: catalog, manifests });
    return again.ok ? again.value.hash : "does not compile";
  };
  const prices = [page, { ...page, unit: "line" }, { ...page, maxPerCall: 2, price: money("microcredits", 2n) }];
  expect(new Set([...prices, { kind: "per_call" as const, price: money("microcredits", 4n) }].map(hashWith)).size).toBe(
    4,
  );
});

test("a flow that does not compile is refused with every reason", async () => {
  const { services } = studio({ manifests: new Map() });
  expect(await startRun(services, ask)).toMatchObject({
    error: { code: "flow_invalid", errors: [{ code: "agent_unknown" }, { code: "agent_unknown" }] },
  });
});

test("an input that does not fit the form is refused with its place", async () => {
  const { services, queued } = studio();
  expect(await startRun(services, { ...ask, input: { csv: 7 } })).toMatchObject({
    error: { code: "input_invalid", at: "/csv" },
  });
  expect(queued).toEqual([]);
});

test("a purse that does not cover the worst case starts nothing", async () => {
  const { services, queued } = studio({ purse: 999_999n });
  expect(await startRun(services, ask)).toMatchObject({
    error: { code: "funds_insufficient", needed: { amount: 1_000_000n }, left: { amount: 999_999n } },
  });
  expect(queued).toEqual([]);
});

test("trial credits do not pay an outside publisher", async () => {
  const outside = new Map(
    [...sampleManifests].map(([id, manifest]) => [id, { ...manifest, publisher: "outside" as const }]),
  );
  const again = compile(document, { kinds: catalog, manifests: outside });
  const plan = again.ok ? again.value.hash : hash;
  expect(await startRun(studio({ manifests: outside }).services, { ...ask, plan })).toMatchObject({
    error: { code: "rail_unusable" },
  });
});

test("starting twice under one id is starting once, and the id of another run is refused", async () => {
  const earlier = { plan: hash, budget: money("trial_microcredits", 1_000_000n) } as RunInList;
  expect(await startRun(studio({ taken: earlier }).services, ask)).toEqual({ ok: true, value: "run-1" });
  const foreign = { ...earlier, plan: "0".repeat(64) } as RunInList;
  const otherRail = { ...earlier, budget: money("microcredits", 1_000_000n) };
  expect(await startRun(studio({ taken: otherRail }).services, ask)).toMatchObject({ error: { code: "run_exists" } });
  expect(await startRun(studio({ taken: foreign }).services, ask)).toMatchObject({ error: { code: "run_exists" } });
});

const most = (amount: string) => ({ currency: "microcredits", amount });

test("[Y7] a run carries the rules that its payer has in force, and asks what they ask while it runs", async () => {
  const rules = [
    { id: "seen", rule: "consent_required" },
    { id: "rate", rule: "rate", perMinute: 1, burst: 1 },
    { id: "day", rule: "max_amount", per: "day", most: most("1000000") },
  ];
  const { services, queued } = studio({ rules });
  expect(await startRun(services, ask)).toMatchObject({ ok: true });
  expect(queued[0]?.terms.policy).toBe(digestOf(rules));
});

test("[Y4] [Y7] what the rules deny of the plan, or at this moment, is not started", async () => {
  const table: [object, bigint, string][] = [
    [{ rule: "payees", deny: ["studio"] }, 0n, "The payee studio is not allowed."],
    [
      { rule: "max_amount", per: "step", most: most("100") },
      0n,
      "0.60 credits would be more than 0.0001 credits per step.",
    ],
    [
      { rule: "max_amount", per: "day", most: most("1000000") },
      500_000n,
      "1.10 credits would be more than 1.00 credits per day.",
    ],
    [{ rule: "kyc_required", level: 1 }, 0n, "The payer's identity level is not known."],
  ];
  for (const [rule, spent, message] of table) {
    const { services, queued } = studio({ rules: [{ id: "strict", ...rule }], spent });
    expect(await startRun(services, ask)).toMatchObject({
      ok: false,
      error: { code: "policy_denied", rule: "strict", message },
    });
    expect(queued).toEqual([]);
  }
});

test.each([
  ["working", { working: 1_000, waiting: 0 }, 1_000],
  ["waiting", { working: 999, waiting: 10_000 }, 10_000],
] as const)("an owner with a crowd of runs %s starts no more until some are over", async (are, underWay, most) => {
  const { services, queued } = studio({ underWay });
  expect(await startRun(services, ask)).toEqual({ ok: false, error: { code: "runs_too_many", are, most } });
  expect(queued).toEqual([]);
  const known = { plan: hash, budget: money("trial_microcredits", 1n) } as RunInList;
  expect(await startRun(studio({ underWay, taken: known }).services, ask)).toEqual({ ok: true, value: ask.run });
});

test("an owner just below the limits starts one more", async () => {
  const { services, queued } = studio({ underWay: { working: 999, waiting: 9_999 } });
  expect(await startRun(services, ask)).toMatchObject({ ok: true });
  expect(queued).toHaveLength(1);
});

test("a run on escrow begins with what lies there for exactly this plan, and asks no purse", async () => {
  const bound = fundingOf(compiledPlan);
  if (!bound.ok) throw new Error(bound.error.code);
  const { cap } = bound.value;
  const escrowed = { currency: "usdc_base", plan: hash, cap: money("usdc_base", cap) } as const;
  const { services, queued } = studio({ purse: 0n });
  expect(await startRun(services, { ...ask, currency: escrowed })).toMatchObject({ ok: true });
  expect(queued[0]?.terms.budget).toEqual(money("usdc_base", cap));
  const short = { ...escrowed, cap: money("usdc_base", cap - 1n) };
  expect(await startRun(services, { ...ask, currency: short })).toMatchObject({
    error: { code: "funds_insufficient" },
  });
  const other = { ...escrowed, plan: digestOf("another") };
  expect(await startRun(services, { ...ask, currency: other })).toMatchObject({
    error: { code: "funds_insufficient" },
  });
  const changed = await startRun(services, { ...ask, plan: digestOf("another"), currency: other });
  expect(changed).toMatchObject({ error: { code: "plan_changed" } });
});
