import fc from "fast-check";
import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import { money } from "../basics/money";
import { compile } from "../compile/compile";
import { documentOf } from "../compile/draw-pieces.contract";
import { pieces, randomAgents } from "../compile/random-pieces.contract";
import { runIn, weather } from "../compile/random-runs.contract";
import { reviewedReport } from "../examples/reviewed-report";
import { sampleManifests } from "../examples/sample-manifests";
import { catalog } from "../nodes/catalog";
import { digestOf, sha256Hex } from "../plan/digest";
import { fromStored, toStored } from "../plan/stored";
import { drive } from "../simulator/driver";
import { memoryJournal } from "../simulator/journal";
import { simulateWorld } from "../simulator/world";
import { chainOf, extended, type ReceiptBody, type SealedReceipt } from "./chain";
import { signingKey } from "./keys";
import { merkleRoot } from "./merkle";
import { readReceiptFile } from "./read-file";
import type { ReceiptFile } from "./receipt-file";
import { key, sealedFile } from "./sealed-file.contract";
import { verifyReceipts } from "./verify";

const ada = AccountId.parse("ada");
const price = (amount: bigint) => money("microcredits", amount);

/** The receipts that a finished run of the first sample leaves behind. */
async function finishedFile(): Promise<ReceiptFile> {
  const compiled = compile(reviewedReport.document, { kinds: catalog, manifests: sampleManifests });
  if (!compiled.ok) throw new Error("the sample does not compile");
  const { plan, hash } = compiled.value;
  const outputs = [{ report: "r", outliers: [], chart: "c" }, { summary: "s" }];
  const agents = new Map(
    plan.authority.agents.map((agent, place) => [
      agent,
      () => ({ output: outputs[place] ?? {}, price: price(400_000n), detail: {} }),
    ]),
  );
  const person = () => ({ by: ada, answer: "approved", atMs: 10 }) as const;
  const world = simulateWorld(plan, { payer: ada, purse: price(2_000_000n), agents, person });
  const terms = await world.terms({ csv: "a\n1" });
  const { state, receipts } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal() });
  if (!state) throw new Error("the run has not begun");
  return sealedFile({ plan, hash, state, receipts });
}

const file = await finishedFile();

/** The file with one receipt's body changed and everything around it signed anew, as the holder of the key could. */
function forged(place: number, change: (body: ReceiptBody) => ReceiptBody): ReceiptFile {
  let previous: SealedReceipt | undefined;
  const receipts = file.receipts.map((sealed, at) => {
    const body = fromStored<ReceiptBody>(sealed.body);
    const changed = at === place ? change(body) : body;
    const text = toStored({ ...changed, previous: previous?.hash ?? null });
    const hash = sha256Hex(text);
    previous = { ...sealed, body: text, hash, signature: key.sign(hash) };
    return previous;
  });
  return { ...file, receipts };
}
const failures = (forgery: ReceiptFile) => verifyReceipts(forgery).failed.join("\n");

test("[V2] the receipts of a finished run prove everything but what they cannot", () => {
  const verdict = verifyReceipts(file);
  expect(verdict.failed).toEqual([]);
  expect([verdict.receipts, verdict.verified]).toEqual([4, 4]);
  expect(verdict.proved).toHaveLength(14);
  expect(verdict.notProved.join(" ")).toMatch(/Whose key.*inputs and outputs.*ledger/);
  expect(verdict.root).toBe(merkleRoot(file.receipts.slice(0, 3).map(({ hash }) => hash)));
});

/** Signing is slow: fewer than other properties are tried. */
const { numRuns = 400 } = fc.readConfigureGlobal();

test("[V2] [R33] the receipts of any run verify, whatever is drawn and whatever happens", async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(pieces, weather, async (drawn, around) => {
      const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
      if (!compiled.ok) return;
      const { plan, hash } = compiled.value;
      const { state, receipts } = await runIn(plan, around);
      expect(verifyReceipts(sealedFile({ plan, hash, state, receipts })).failed).toEqual([]);
      told += 1;
    }),
    { numRuns: Math.min(numRuns / 4, 500) },
  );
  expect(told).toBeGreaterThan(10);
}, 600_000);

test("[V2] a trusted key proves who signed, and another key is named as a failure", () => {
  expect(verifyReceipts(file, { trustedKeys: [key.publicKey] }).notProved.join(" ")).not.toMatch(/Whose key/);
  const stranger = signingKey("08".repeat(32)).publicKey;
  expect(verifyReceipts(file, { trustedKeys: [stranger] }).failed).toEqual([
    expect.stringContaining("not among those you trust"),
  ]);
});

test("[V2] a character changed anywhere in a receipt is found", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.constantFrom("body", "hash", "signature", "keyId"), (which, where, field) => {
      const place = which % file.receipts.length;
      const receipts = file.receipts.map((sealed, at) => {
        if (at !== place) return sealed;
        const text = sealed[field];
        const cut = where % text.length;
        return { ...sealed, [field]: `${text.slice(0, cut)}${text[cut] === "0" ? "1" : "0"}${text.slice(cut + 1)}` };
      });
      const verdict = verifyReceipts({ ...file, receipts });
      expect(verdict.failed.length).toBeGreaterThan(0);
      expect(verdict.verified).toBe(file.receipts.length - 1);
    }),
  );
});

test("[V2] a receipt taken out, doubled or moved breaks the chain", () => {
  const [first, second, ...rest] = file.receipts;
  if (!first || !second) throw new Error("too few receipts");
  for (const receipts of [
    [second, ...rest],
    [first, ...rest],
    [second, first, ...rest],
    [first, first, second, ...rest],
  ])
    expect(failures({ ...file, receipts })).toMatch(/chain of receipts is broken/);
  expect(failures({ ...file, receipts: [] })).toMatch(/do not carry/);
  expect(verifyReceipts({ ...file, receipts: file.receipts.slice(0, 2) }).notProved.join(" ")).toMatch(
    /How the run ended/,
  );
});

test("[V2] whoever holds the key still cannot pay more, pay others, decide for others or change the plan", () => {
  const step = (change: object) => (body: ReceiptBody) =>
    body.kind === "step" ? { ...body, step: { ...body.step, ...change } } : body;
  expect(failures(forged(0, step({ paid: price(5_000_000n) })))).toMatch(/more than the worst case/);
  expect(failures(forged(0, step({ payee: "mallory" })))).toMatch(/whom the plan does not name/);
  expect(failures(forged(1, step({ by: "mallory" })))).toMatch(/Somebody decided/);
  expect(failures(forged(2, step({ step: "another" })))).toMatch(/step acted that the plan does not have/);
  expect(failures(forged(2, step({ paid: price(1n) })))).toMatch(/not the sum of its receipts/);
  expect(failures(forged(3, (body) => ({ ...body, root: digestOf("else") }) as ReceiptBody))).toMatch(
    /covers other steps/,
  );
  expect(failures({ ...file, plan: { ...file.plan, bound: [price(9_000_000n)] } })).toMatch(/another plan/);
});

/** The file with other bodies under the same key, linked and closed as an honest worker would. */
function resealed(bodies: readonly ReceiptBody[]): ReceiptFile {
  let chain = chainOf({ run: file.run, plan: digestOf(file.plan) });
  const receipts: SealedReceipt[] = [];
  for (const body of bodies) {
    const place = { place: chain.length, previous: chain.newest?.hash ?? null };
    const steps = receipts.filter(({ body }) => fromStored<ReceiptBody>(body).kind === "step");
    const paid = steps.reduce((sum, { body }) => {
      const read = fromStored<ReceiptBody>(body);
      return sum + (read.kind === "step" ? (read.step.paid?.amount ?? 0n) : 0n);
    }, 0n);
    const closed = { root: merkleRoot(steps.map(({ hash }) => hash)), spent: price(paid) };
    const text = toStored({ ...body, ...place, ...(body.kind === "closing" ? closed : {}) });
    const hash = sha256Hex(text);
    const sealed = { place: place.place, body: text, hash, signature: key.sign(hash), keyId: key.id };
    receipts.push(sealed);
    chain = extended(chain, sealed);
  }
  return { ...file, receipts };
}

test("[V2] a step that says it was pinned was not paid and nobody decided it, and the verdict counts it", () => {
  const bodies = file.receipts.map(({ body }) => fromStored<ReceiptBody>(body));
  const pinned = (step: string, change: object) =>
    verifyReceipts(
      resealed(
        bodies.map((body) =>
          body.kind === "step" && body.step.step === step
            ? { ...body, step: { ...body.step, pinned: true, ...change } }
            : body,
        ),
      ),
    );
  const honest = pinned("analyse", { paid: null });
  expect(honest.failed).toEqual([]);
  expect(honest.notProved.join(" ")).toMatch(/outputs of 1 steps/);
  expect(pinned("analyse", {}).failed.join(" ")).toMatch(/something else than the plan/);
  expect(pinned("review", {}).failed.join(" ")).toMatch(/something else than the plan/);
});

test("[V2] whoever holds the key cannot tell a story of steps that the plan does not allow", () => {
  const bodies = file.receipts.map(({ body }) => fromStored<ReceiptBody>(body));
  const [first, second, third, closing] = bodies;
  if (!first || !second || !third || closing?.kind !== "closing") throw new Error("too few receipts");
  expect(verifyReceipts(resealed(bodies)).failed).toEqual([]);
  const told = (place: number, change: object) =>
    failures(
      resealed(
        bodies.map((body, at) =>
          at === place && body.kind === "step" ? { ...body, step: { ...body.step, ...change } } : body,
        ),
      ),
    );
  const ask = bodies.findIndex((body) => body.kind === "step" && body.step.by !== null);
  const call = bodies.findIndex((body) => body.kind === "step" && body.step.paid !== null);
  expect(failures(resealed([first, first, second, third, closing]))).toMatch(/acted twice/);
  expect(failures(resealed(bodies.filter((_, at) => at !== ask)))).toMatch(/who had to agree/);
  expect(told(ask, { port: "denied" })).toMatch(/who had to agree/);
  expect(told(ask, { by: null })).toMatch(/Somebody decided/);
  expect(told(ask, { subject: null })).toMatch(/Somebody decided/);
  expect(told(call, { by: "ada" })).toMatch(/Somebody decided/);
  for (const change of [
    { agent: "evil/agent@1.0.0" },
    { payee: "ada" },
    { port: "approved" },
    { operation: "r/x/call" },
    { output: null },
  ])
    expect(told(call, change)).toMatch(/something else than the plan/);
  expect(told(ask, { paid: price(1n), payee: "studio" })).toMatch(/something else than the plan/);
  expect(told(2, { port: null, code: "agent_refused", paid: null, output: null })).toMatch(/ended otherwise/);
  expect(failures(resealed([...bodies, { ...closing, outcome: { result: "cancelled", by: ada } }]))).toMatch(
    /only end/,
  );
  expect(failures(resealed([first, closing, second, third]))).toMatch(/only end/);
  expect(failures(resealed([first, second, third, { ...closing, budget: money("usdc_base", 9_000_000n) }]))).toMatch(
    /sum of its receipts/,
  );
});

test("[V1] a file is read back as it was saved, and anything else is a typed error", () => {
  expect(readReceiptFile(toStored(file))).toEqual({ ok: true, value: file });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('{"version":1}')), (text) => {
      expect(readReceiptFile(text)).toMatchObject({ ok: false, error: { code: "receipts_unreadable" } });
    }),
  );
});

test("[V3] no branch of the tree can pass for a leaf, and every change of the leaves changes the root", () => {
  const roots = [
    [],
    ["a"],
    ["b"],
    ["a", "b"],
    ["b", "a"],
    ["a", "b", "c"],
    ["a", "b", "c", "d"],
    ["a", "b", "c", "d", "e"],
  ].map(merkleRoot);
  expect(new Set(roots).size).toBe(roots.length);
  expect(merkleRoot([merkleRoot(["a", "b"])])).not.toBe(merkleRoot(["a", "b"]));
});
