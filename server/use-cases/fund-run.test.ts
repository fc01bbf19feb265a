import { expect, test } from "vitest";
import { AccountId, Digest, FlowId, OperationId, RunId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import { ok } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import { reviewedReport } from "@/flows/examples/reviewed-report";
import { defaultsOf } from "@/flows/examples/sample";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { catalog } from "@/flows/nodes/catalog";
import { digestOf } from "@/flows/plan/digest";
import { Policy } from "@/flows/policy/rules";
import type { OpenAsk } from "@/flows/ports/escrows";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { virtualClock } from "@/flows/simulator/clock";
import { type FundRun, fundRun, whyNotEscrow } from "./fund-run";

const ada = AccountId.parse("ada");
const { document } = reviewedReport;
const compiled = compile(document, { kinds: catalog, manifests: sampleManifests });
if (!compiled.ok) throw new Error("the sample does not compile");
const { plan, hash } = compiled.value;
const wallet = WalletAddress.parse("GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB");
const changes = [
  { address: "source", before: { lamports: 1n, tokens: 9n }, after: { lamports: 1n, tokens: 8n } },
] as const;

const ask: FundRun = {
  ...{ owner: ada, flow: FlowId.parse("f"), run: RunId.parse("run-1"), plan: hash },
  input: defaultsOf(document),
};

/** A studio with a flow in it; `payouts` says who has a wallet to be paid at. */
function studio({
  linked = true,
  payouts = true,
  windowSeconds = 3_600 as number | null,
  rules = null as readonly object[] | null,
} = {}) {
  const offers: OpenAsk[] = [];
  const rehearsed: string[] = [];
  const services = {
    clock: virtualClock(7),
    flows: { find: async () => ({ id: ask.flow, name: "Report", revision: 1, updatedAt: new Date(0), document }) },
    registry: { active: async () => sampleManifests, models: new Map() },
    policies: {
      inForce: async () => {
        if (!rules) return null;
        const policy = Policy.parse({ version: 1, rules });
        return { digest: digestOf(policy), policy };
      },
      sums: async () => ({}),
    },
    site: {
      ...{ origin: "https://studio.example", chainId: "solana:devnet" },
      escrow: windowSeconds === null ? null : { windowSeconds },
    },
    wallets: {
      linked: async () => (linked ? { address: wallet, linkedAt: new Date(0) } : null),
      payoutWalletOf: async () => (payouts ? wallet : null),
    },
    escrows: {
      offer: async (asked: OpenAsk) => {
        offers.push(asked);
        const terms = { source: "source", vault: "vault", escrow: "escrow", sponsor: "sponsor" };
        const intent = OperationId.parse("run-1/chain/open.1");
        return ok({ intent, transaction: "bytes", terms, network: { fees: 1n, rent: 2n }, lastValidBlockHeight: 9n });
      },
    },
    dryRun: {
      changes: async (transaction: string) => {
        rehearsed.push(transaction);
        return ok(changes);
      },
    },
  };
  return { services: services as unknown as Parameters<typeof fundRun>[0], offers, rehearsed };
}

test("what is offered comes from the plan and the linked wallet, and the dry run is of the very bytes of the offer", async () => {
  const { services, offers, rehearsed } = studio();
  const offered = await fundRun(services, ask);
  expect(offered).toMatchObject({ ok: true, value: { transaction: "bytes", changes } });
  expect(rehearsed).toEqual(["bytes"]);
  const lasts = await fundRun(services, { ...ask, workMs: 31 * 86_400_000 });
  expect(lasts.ok).toBe(true);
  expect(offers.pop()?.lastsSeconds).toBeGreaterThanOrEqual(31 * 86_400);
  const cap = UsdcBase.parse(plan.bound.reduce((total, { amount }) => total + amount / 100n, 0n));
  expect(offers).toMatchObject([
    { wallet, plan: hash, cap, windowSeconds: 3_600, owner: ada, start: { flow: ask.flow, input: ask.input } },
  ]);
  expect(offers[0]?.payees.map(({ payee }) => payee)).toEqual([
    ...new Set(plan.authority.payees.map(({ payee }) => payee)),
  ]);
});

test("nothing is offered for another plan, without a wallet, without a chain or against the rules of the payer", async () => {
  const refused = async (world: ReturnType<typeof studio>, asked: FundRun = ask) => {
    const answer = await fundRun(world.services, asked);
    expect(world.offers).toEqual([]);
    return answer.ok ? "offered" : answer.error.code;
  };
  expect(await refused(studio(), { ...ask, plan: Digest.parse("0".repeat(64)) })).toBe("plan_changed");
  expect(await refused(studio(), { ...ask, input: {} })).toBe("input_invalid");
  expect(await refused(studio({ linked: false }))).toBe("wallet_not_linked");
  expect(await refused(studio({ windowSeconds: null }))).toBe("rail_absent");
  const rules = [{ id: "little", rule: "max_amount", per: "run", most: { currency: "usdc_base", amount: "1" } }];
  expect(await refused(studio({ rules }))).toBe("policy_denied");
});

test("every reason against an escrow is told at once", async () => {
  const why = async (world: ReturnType<typeof studio>) => {
    const told = await whyNotEscrow(world.services, ask);
    return told.ok ? told.value.map((reason) => reason.code) : told.error.code;
  };
  expect(await why(studio())).toEqual([]);
  expect(await why(studio({ windowSeconds: null }))).toEqual(["rail_absent"]);
  const unpaid = [...new Set(plan.authority.payees.map(() => "payee_wallet_missing"))];
  expect(await why(studio({ linked: false, payouts: false }))).toEqual([...unpaid, "wallet_not_linked"]);
});
