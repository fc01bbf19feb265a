import { randomUUID } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { base58 } from "@/flows/basics/base58";
import type { AccountId, Capacity, RunId } from "@/flows/basics/ids";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { sha256Hex } from "@/flows/plan/digest";
import { Policy } from "@/flows/policy/rules";
import type { ReceiptFile } from "@/flows/receipts/receipt-file";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { verifyReceipts } from "@/flows/receipts/verify";
import { PrismaClient } from "@/generated/prisma/client";
import { systemClock } from "../adapters/clock/system";
import { Authenticator } from "../adapters/evidence/authenticator.contract";
import { passkeyEvidence } from "../adapters/evidence/passkey";
import { relyingPartyAt } from "../adapters/evidence/relying-party";
import { walletEvidence } from "../adapters/evidence/wallet";
import { keepPolicy } from "../adapters/policy/kept";
import { postgresPolicies } from "../adapters/policy/postgres";
import { eve } from "../drivers/postgres/rig.contract";
import { proofChallenges } from "../repos/evidence-repo";
import { passkeysRepo } from "../repos/passkeys-repo";
import { answerOverHttp } from "./approvals-http";
import { ann, askedPeople, bob, finance } from "./asked-people.contract";

const people = askedPeople();
const secretOf = (account: AccountId) => new Uint8Array(32).fill(account === ann ? 1 : 2);
const addressOf = (account: AccountId) => WalletAddress.parse(base58(ed25519.getPublicKey(secretOf(account))));
const evidence = { kinds: ["passkey" as const, "wallet" as const] };
let db: PrismaClient;

beforeEach(() => {
  const { connectionString } = people.studio().pool.options;
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: connectionString ?? "", max: 2 }) });
  const fresh = () => randomUUID().replaceAll("-", "");
  const needs = {
    challenges: proofChallenges(db),
    linked: async (account: AccountId) => ({ address: addressOf(account), waitsUntilMs: null }),
    fresh,
  };
  const passkeys = passkeysRepo(db);
  people.services().passkeys = passkeys;
  people.services().evidence = {
    wallet: walletEvidence({ ...needs, origin: "https://studio.example" }),
    passkey: passkeyEvidence({ ...needs, keys: passkeys, party: relyingPartyAt("https://studio.example") }),
  };
});
afterEach(() => db.$disconnect());

/** What this person's wallet signs for a yes to what they are shown. */
async function signedBy(person: AccountId, run: RunId) {
  const { operation, subject } = await people.shown(person, run);
  const words = await people.as(person).approvals.wordsToSign({ operation, subject });
  const signature = base58(ed25519.sign(utf8ToBytes(words.message), secretOf(person)));
  const signed = { kind: "wallet" as const, ...words, signature };
  return { operation, subject, answer: "approved" as const, signed };
}

/** What whoever started the run can save. */
async function fileOf(run: RunId): Promise<ReceiptFile> {
  const { runs } = people.services();
  const found = await runs.find(eve, run);
  const plan = found && (await runs.plan(found.plan));
  if (!plan) throw new Error("there is no such run");
  return { version: 1, run, plan, ...(await runs.receipts(run)) };
}

test("[R54] a click and a key are refused where a signature is needed; what a wallet signed counts once, is kept and is in the receipt", async () => {
  const run = await people.started(people.asking({ evidence }));
  await expect(people.say(ann, run)).rejects.toThrow("evidence_needed");
  const { operation, subject } = await people.shown(ann, run);
  const { key } = await people.as(ann).apiKeys.create({ name: "bot", scopes: ["approvals:decide"], days: 1 });
  const headers = { authorization: `Bearer ${key}` };
  const body = JSON.stringify({ subject, answer: "approved" });
  const byKey = await answerOverHttp(
    people.services(),
    new Request("https://studio.example/api", { method: "POST", headers, body }),
    operation,
  );
  expect(byKey.status).toBe(403);
  expect(await byKey.json()).toMatchObject({ error: { code: "evidence_needed", given: "api_key" } });

  const yes = await signedBy(ann, run);
  await expect(people.as(bob).approvals.answer(yes)).rejects.toThrow("challenge_expired"); // and is used up by it
  await expect(people.as(ann).approvals.answer(yes)).rejects.toThrow("challenge_expired");
  const mine = await signedBy(ann, run);
  await people.as(ann).approvals.answer(mine);
  await people.studio().until(run, ({ status }) => status === "succeeded");
  const { rows } = await people.studio().pool.query("select evidence, proof from question_vote where person = 'ann'");
  const [{ evidence: kept, proof }] = rows as [{ evidence: string; proof: string }];
  expect(JSON.parse(kept)).toEqual({ kind: "wallet", digest: sha256Hex(proof) });
  expect(JSON.parse(proof)).toMatchObject({ address: addressOf(ann), message: mine.signed.message });
  const said = await people.receiptOf(run, "q");
  expect(said.votes).toMatchObject([{ by: "ann", evidence: { kind: "wallet", digest: sha256Hex(proof) } }]);
  const file = await fileOf(run);
  expect(file.proofs).toEqual([proof]);
  expect(verifyReceipts(file)).toMatchObject({
    failed: [],
    signed: [{ by: "ann", kind: "wallet", shown: "checked", key: addressOf(ann) }],
  });
  await people.verified(run);
});

test("a rule that wants two of finance to sign is asked for before the payment, counted, and stands in the receipt", async () => {
  const studio = people.studio();
  const asks = { rule: "consent_required", approvers: [finance], agreement: { least: 2 }, evidence: { by: "signed" } };
  const rules = await keepPolicy(studio.pool, Policy.parse({ version: 1, rules: [{ id: "dear", ...asks }] }));
  const policy = postgresPolicies({ pool: studio.pool, clock: systemClock() });
  await studio.drive({ ...studio.portsWith().ports, policy });
  const run = await studio.start(planOf([callStep("work")]), randomUUID(), { policy: rules });
  const { question } = await people
    .shown(ann, run)
    .then(({ operation }) => people.as(ann).approvals.get({ operation }));
  expect(question.about.agreement).toEqual({
    approvers: [finance],
    least: 2,
    against: 1,
    evidence: ["passkey", "wallet"],
  });
  await expect(people.say(ann, run)).rejects.toThrow("evidence_needed");
  await people.as(ann).approvals.answer(await signedBy(ann, run));
  await expect(people.say(bob, run)).rejects.toThrow("evidence_needed");
  expect(await studio.row(run)).toMatchObject({ status: "waiting", spent: "0" });
  await people.as(bob).approvals.answer(await signedBy(bob, run));
  await studio.until(run, ({ status }) => status === "succeeded");
  expect((await people.receiptOf(run, "work")).consent).toMatchObject({
    ...{ rule: "dear", by: "bob", votes: [{ by: "ann" }, { by: "bob" }] },
    asked: { approvers: [finance], agreement: { least: 2, evidence: { kinds: ["passkey", "wallet"] } } },
  });
  const told = verifyReceipts(await fileOf(run));
  expect(told).toMatchObject({
    failed: [],
    signed: [
      { by: "ann", shown: "checked" },
      { by: "bob", shown: "checked" },
    ],
  });
  expect(told.proved.join(" ")).toMatch(/has the yeses that its receipt says the rule took/);
});

test("[V8] an answer in the mail of a run that claims a signature which nobody gave is put aside, and the run waits on", async () => {
  const [first, second] = [
    await people.started(people.asking({ evidence, least: 2 })),
    await people.started(people.asking({ evidence })),
  ];
  await people.as(ann).approvals.answer(await signedBy(ann, first));
  const { pool } = people.studio();
  const { rows } = await pool.query("select proof from question_vote where person = 'ann'");
  const digest = sha256Hex(rows[0].proof);
  const { operation, subject } = await people.shown(ann, second);
  const as = finance as Capacity;
  const claim = (given: object) =>
    ({ type: "approval_answered", operation, subject, answer: "approved", as, by: ann, ...given }) as const;
  const forged = [
    JSON.stringify(claim({ evidence: { kind: "wallet", digest: sha256Hex("nothing") } })),
    JSON.stringify(claim({ evidence: { kind: "wallet" } })),
    JSON.stringify(claim({ evidence: { kind: "passkey", digest } })),
    JSON.stringify(claim({ evidence: { kind: "wallet", digest } }), null, 2), // what she signed for the other run
  ];
  for (const [at, event] of forged.entries())
    await pool.query("insert into run_inbox (run_id, key, event) values ($1, $2, $3)", [second, `forged ${at}`, event]);
  await pool.query("update run set wake_at = now() where id = $1", [second]);
  await pool.query("select pg_notify('run_mail', $1)", [second]);
  const dead = async () => (await pool.query("select cause from dead_letter where run_id = $1", [second])).rows;
  await expect.poll(dead, { timeout: 20_000 }).toHaveLength(forged.length);
  expect(new Set((await dead()).map(({ cause }) => cause))).toEqual(
    new Set(["It claims a signature that nobody gave."]),
  );
  expect(await people.studio().row(second)).toMatchObject({ status: "waiting", fault: null });
  await people.as(ann).approvals.answer(await signedBy(ann, second));
  await people.studio().until(second, ({ status }) => status === "succeeded");
  await people.as(bob).approvals.answer(await signedBy(bob, first));
  await people.studio().until(first, ({ status }) => status === "succeeded");
  expect(verifyReceipts(await fileOf(first))).toMatchObject({
    failed: [],
    signed: [
      { by: "ann", shown: "checked" },
      { by: "bob", shown: "checked" },
    ],
  });
}, 60_000);

test("[P12] what was signed for one run answers no other, and of many at once one is heard", async () => {
  const [first, second] = [
    await people.started(people.asking({ evidence })),
    await people.started(people.asking({ evidence })),
  ];
  const { signed } = await signedBy(ann, first);
  const { operation, subject } = await people.shown(ann, second);
  await expect(people.as(ann).approvals.answer({ operation, subject, answer: "approved", signed })).rejects.toThrow(
    "signature_invalid",
  );
  const yes = await signedBy(ann, second);
  const heard = await Promise.allSettled(Array.from({ length: 6 }, () => people.as(ann).approvals.answer(yes)));
  expect(heard.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const unheard = heard.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []));
  for (const reason of unheard) expect(reason).toMatch(/challenge_expired|question_settled/); // none came as far as the desk
  await people.studio().until(second, ({ status }) => status === "succeeded");
  const late = await signedBy(ann, first);
  await people.studio().pool.query("update evidence_challenge set expires_at = now() - interval '1 second'");
  await expect(people.as(ann).approvals.answer(late)).rejects.toThrow("challenge_expired");
});

test("[P13] a passkey signs a yes, its counter moves on once, and what it signed is kept after it is gone", async () => {
  const device = new Authenticator(ann);
  const passkeys = passkeysRepo(db);
  expect(await passkeys.add(device.kept(ann), { name: "Laptop", waitsHours: 0 })).toBe("added");
  expect(await passkeys.add(device.kept(bob), { name: "Taken", waitsHours: 0 })).toBe("passkey_taken");
  const run = await people.started(people.asking({ evidence }));
  const { operation, subject } = await people.shown(ann, run);
  const asked = await people.as(ann).approvals.passkeyToSign({ operation, subject });
  const signed = { kind: "passkey" as const, ...device.sign(asked) };
  await people.as(ann).approvals.answer({ operation, subject, answer: "approved", signed });
  await people.studio().until(run, ({ status }) => status === "succeeded");
  expect(await Promise.all([passkeys.used(device.id, 0, 1), passkeys.used(device.id, 1, 1)])).toEqual([false, false]);
  expect((await Promise.all([1, 2].map(() => passkeys.used(device.id, 1, 2)))).toSorted()).toEqual([false, true]);
  expect(await passkeys.remove(bob, device.id)).toBe(false);
  expect(await passkeys.remove(ann, device.id)).toBe(true);
  const { rows } = await people.studio().pool.query("select proof from question_vote where person = 'ann'");
  expect(JSON.parse(rows[0].proof)).toMatchObject({
    kind: "passkey",
    publicKey: Buffer.from(device.publicKey).toString("base64url"),
    bound: { account: "ann", subject },
  });
  expect(await people.receiptOf(run, "q")).toMatchObject({ votes: [{ evidence: { kind: "passkey" } }] });
  const { signed: shown } = verifyReceipts(await fileOf(run));
  expect(shown).toMatchObject([{ by: "ann", kind: "passkey", shown: "checked", origin: "https://studio.example" }]);
  await people.verified(run);
});
