import fc from "fast-check";
import { expect, test } from "vitest";
import { LIFETIME_BLOCKS, simulateChain } from "../simulator/chain";
import { type AskedBy, type Attempt, attemptOf, heed, type IntentEvent, type IntentState, nextStep } from "./intent";

const attempt = (number: number, last = 150n): Attempt => ({
  number,
  signature: `s${number}`,
  lifetime: { blockhash: "0", lastValidBlockHeight: last },
});
const nothingAt = (finalizedHeight: bigint, signature = "s1"): IntentEvent => ({
  type: "sighted",
  signature,
  sighting: { seen: "nothing", finalizedHeight },
});
const landed = (final: boolean, failed: string | null = null, signature = "s1"): IntentEvent => ({
  type: "sighted",
  signature,
  sighting: { seen: "landed", slot: 7n, failed, final },
});

test("[S2] a signature has expired only once finalized history is past its last height and does not have it", () => {
  const state: IntentState = { in: "unknown", attempt: attempt(1) };
  expect(heed(state, nothingAt(150n), "studio")).toBe(state);
  expect(heed(state, nothingAt(151n, "s0"), "studio")).toBe(state);
  expect(heed(state, { type: "sight_lost" }, "studio")).toBe(state);
  expect(heed(state, nothingAt(151n), "studio")).toEqual({ in: "expired", attempt: attempt(1) });
});

test("[S3] what the payer signed and what expired is asked of the payer again, and never signed anew by the studio", () => {
  const expired: IntentState = { in: "expired", attempt: attempt(1) };
  expect(nextStep(expired, "payer")).toBe("nothing");
  expect(heed(expired, { type: "signed", attempt: attempt(2) }, "payer")).toBe(expired);
  expect(nextStep(expired, "studio")).toBe("sign");
  expect(heed(expired, { type: "signed", attempt: attempt(2) }, "studio")).toEqual({
    in: "signed",
    attempt: attempt(2),
  });
  const waiting: IntentState = { in: "intent" };
  expect(heed(waiting, { type: "lifetime_over" }, "payer")).toMatchObject({ in: "expired" });
  expect(heed(waiting, { type: "lifetime_over" }, "studio")).toBe(waiting);
});

test("[S4] what is confirmed is watched until it is final, and what failed counts only then", () => {
  const out: IntentState = { in: "submitted", attempt: attempt(1) };
  const confirmed = heed(out, landed(false), "studio");
  expect(confirmed).toMatchObject({ in: "confirmed", final: false });
  expect(heed(confirmed, landed(false), "studio")).toBe(confirmed); // seen again is no news
  expect(nextStep(confirmed, "studio")).toBe("watch");
  expect(nextStep(heed(confirmed, landed(true), "studio"), "studio")).toBe("nothing");
  expect(heed(confirmed, nothingAt(151n), "studio")).toMatchObject({ in: "expired" }); // the chain thought again
  expect(heed(out, landed(false, "no"), "studio")).toBe(out);
  expect(heed(out, landed(true, "no"), "studio")).toMatchObject({ in: "refused", reason: "no" });
});

type Deed = "step" | "die" | "drop" | "cut" | "cut_before" | "silent" | "late" | "few_blocks" | "many_blocks";
const deeds = fc.array(
  fc.constantFrom<Deed>(
    "step",
    "step",
    "step",
    "die",
    "drop",
    "cut",
    "cut_before",
    "silent",
    "late",
    "few_blocks",
    "many_blocks",
  ),
  { minLength: 20, maxLength: 120 },
);

const begun = (): IntentState => ({ in: "intent" });

/**
 * One intent carried by a worker that may die between any two of its writes, over a chain that drops, cuts, is silent and
 * lands late. What is kept is the state alone, and each state with its bytes before anybody else has them.
 */
async function carried(script: readonly Deed[], askedBy: AskedBy) {
  const chain = simulateChain();
  const out: string[] = []; // whatever left the worker: anybody may land it as long as it can
  let state = begun();
  const bytes = ({ signature, lifetime }: Attempt) => `${signature} ${lifetime.blockhash}`;
  const canLand = () => out.filter((each) => chain.height() <= BigInt(each.split(" ")[1] ?? "0") + LIFETIME_BLOCKS);

  async function sign(): Promise<IntentEvent> {
    const lifetime = await chain.lifetime();
    if (!lifetime.ok) return { type: "sight_lost" };
    const number = (attemptOf(state)?.number ?? 0) + 1;
    // The rule itself, of the world and not of the state: nothing signed before can land, or has.
    expect(canLand().filter((each) => !chain.landed().includes(each))).toEqual([]);
    expect(chain.landed()).toEqual([]);
    return { type: "signed", attempt: { number, signature: `s${number}`, lifetime: lifetime.value } };
  }

  async function send(attempted: Attempt): Promise<IntentEvent> {
    out.push(bytes(attempted));
    const sent = await chain.send(bytes(attempted));
    return sent.ok ? { type: "sent" } : { type: "sight_lost" };
  }

  async function watch(attempted: Attempt): Promise<IntentEvent> {
    const seen = await chain.look(attempted.signature);
    if (!seen.ok) return { type: "sight_lost" };
    if (seen.value.seen === "nothing") await chain.send(bytes(attempted));
    return { type: "sighted", signature: attempted.signature, sighting: seen.value };
  }

  async function done(): Promise<IntentEvent | null> {
    const next = nextStep(state, askedBy);
    const attempted = attemptOf(state);
    if (next === "reserve") return { type: "lamports_reserved" };
    if (next === "sign") return sign();
    if (!attempted || next === "nothing") return null;
    return next === "send" ? send(attempted) : watch(attempted);
  }

  async function step(isLost: boolean): Promise<void> {
    const event = await done();
    if (event && !isLost) state = heed(state, event, askedBy); // a worker that dies here has done it and not written it down
  }

  const happens: Record<Exclude<Deed, "step" | "die">, () => void> = {
    drop: () => chain.nextSend("drop"),
    cut: () => chain.nextSend("cut_after_landing"),
    cut_before: () => chain.nextSend("cut_before"),
    silent: () => chain.unreachable(2),
    late: () => out.forEach(chain.landLate),
    few_blocks: () => chain.pass(20),
    many_blocks: () => chain.pass(200),
  };
  for (const deed of script) {
    if (deed === "step" || deed === "die") await step(deed === "die");
    else happens[deed]();
    expect(chain.landed().length).toBeLessThanOrEqual(1);
  }
  chain.unreachable(0);
  for (let more = 0; more < 40 && nextStep(state, askedBy) !== "nothing"; more++) {
    await step(false);
    chain.pass(10);
  }
  return { state, chain };
}

test("[S1] while a signature can land no other is made, whatever gets lost and whenever the worker dies: it lands once", async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (script) => {
      const { state, chain } = await carried(script, "studio");
      expect(chain.landed()).toHaveLength(1);
      expect(state).toMatchObject({ in: "confirmed", final: true });
    }),
  );
});

test("[S1] what a payer signed lands once, or provably never", async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (script) => {
      const { state, chain } = await carried(script, "payer");
      expect(["confirmed", "expired"]).toContain(state.in);
      expect(chain.landed()).toHaveLength(state.in === "confirmed" ? 1 : 0);
    }),
  );
});
