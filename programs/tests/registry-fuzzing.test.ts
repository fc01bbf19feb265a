import type { Address, Instruction, KeyPairSigner } from "@solana/kit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import { numberOfState } from "@/programs/clients/registry-accounts";
import { versionAddress } from "@/programs/clients/registry-addresses";
import {
  accept,
  closeAgent,
  closeVersion,
  configureRegistry,
  contestSlash,
  decideSlash,
  executeSlash,
  newVersion,
  offer,
  proposeSlash,
  register,
  setAgentState,
  setVersionState,
  stake,
  takeBackSlash,
  unstake,
  withdraw,
} from "@/programs/clients/registry-instructions";
import { REGISTRY, START } from "./chain.contract";
import { amount, BROKEN, tampered, tampering } from "./fuzzing.contract";
import { COOL_DOWN, EXECUTE, type Registered, registered, STAKE } from "./registered.contract";

// Instructions that are nearly right. The owner, the arbiter and a stranger sign whatever comes, the members nothing.

const CALLS_PER_AGENT = 100;
const STATES = ["draft", "active", "deprecated", "suspended"] as const;

const call = fc.record({
  which: fc.nat(16),
  amount: amount(STAKE),
  state: fc.constantFrom(...STATES),
  days: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(9) }),
  tamperings: fc.array(tampering, { maxLength: 2 }),
});
type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

async function instructionOf(run: Registered, { which, amount: asked, state }: Call): Promise<Instruction> {
  const { terms, keys, asOwner, paying, source, configuring, arbiter } = run;
  const manifest = new Uint8Array(32).fill(1 + numberOfState(state));
  const version = await versionAddress(REGISTRY, terms.agent, manifest);
  const move = run.moving(asked % 2n === 0n ? arbiter.address : keys.owner.address, state);
  const strangers = [keys.stranger.address, keys.owner.address];
  const all: readonly (() => Instruction)[] = [
    () => register(terms),
    () => newVersion({ ...asOwner, manifest, version }),
    () => setAgentState(move),
    () => setVersionState({ ...terms, ...move }),
    () => stake({ ...asOwner, source, amount: asked }),
    () => unstake({ ...asOwner, amount: asked }),
    () => withdraw(paying),
    () => proposeSlash(run.proposing(asked)),
    () => contestSlash(run.contesting),
    () => decideSlash({ ...run.deciding(asked), signers: strangers }),
    () => executeSlash(terms),
    () => takeBackSlash(run.asArbiter),
    () => offer({ ...asOwner, heir: keys.stranger.address }),
    () => accept({ ...terms, heir: keys.stranger.address }),
    () => closeVersion({ ...asOwner, version: asked % 2n === 0n ? version : terms.version }),
    () => closeAgent(paying),
    () => configureRegistry({ ...configuring, signers: strangers }),
  ];
  const build = all[which];
  if (!build) throw new Error("there is no such call");
  return build();
}

function poolOf({ terms, keys, configuring, source, strangersTokens, arbiter }: Registered): Address[] {
  return [
    ...[terms.agent, terms.vault, terms.version, terms.mint, terms.forfeit, source, strangersTokens, SYSTEM_PROGRAM],
    ...[keys.owner, keys.stranger, keys.heir, keys.rentPayer, arbiter].map(({ address }) => address),
    configuring.config,
  ];
}

/** Where tokens are. */
const holdings = ({ chain, terms, source, strangersTokens }: Registered) => {
  const [vault, owners, strangers, forfeit] = [terms.vault, source, strangersTokens, terms.forfeit].map(chain.tokensIn);
  return { vault: vault ?? 0n, owners: owners ?? 0n, strangers: strangers ?? 0n, forfeit: forfeit ?? 0n };
};
const sum = ({ vault, owners, strangers, forfeit }: ReturnType<typeof holdings>) =>
  vault + owners + strangers + forfeit;

/** Whoever owns it now takes the stake out, and its rent comes back: however it got here, with time alone it can be closed. */
async function closes(run: Registered): Promise<void> {
  const { chain, terms, keys, source, strangersTokens } = run;
  if (!chain.data(terms.agent)) return;
  const first = run.state();
  const owner = [keys.owner, keys.stranger].find(({ address }) => address === first.owner);
  if (!owner) throw new Error("somebody else owns it");
  const destination = owner === keys.owner ? source : strangersTokens;
  const asked = { ...terms, owner: owner.address, destination };
  const left = first.staked - first.leaving;
  if (left > 0n) expect(await chain.send([unstake({ ...asked, amount: left })], [owner])).toMatchObject({ ok: true });
  chain.at(chain.now() - START + BigInt(COOL_DOWN + 2 * EXECUTE));
  if (run.state().staked > 0n) expect(await chain.send([withdraw(asked)], [owner])).toMatchObject({ ok: true });
  for (const manifest of [terms.manifest, ...[1, 2, 3, 4].map((fill) => new Uint8Array(32).fill(fill))]) {
    const version = await versionAddress(REGISTRY, terms.agent, manifest);
    if (chain.data(version))
      expect(await chain.send([closeVersion({ ...asked, version })], [owner])).toMatchObject({ ok: true });
  }
  expect(await chain.send([closeAgent(asked)], [owner])).toMatchObject({ ok: true });
  for (const gone of [terms.agent, terms.vault]) expect(chain.data(gone)).toBeUndefined();
}

test("[Y16] whatever it is given, the registry succeeds or refuses, no token goes astray, and each agent can be closed", async () => {
  let run = await registered();
  let total = sum(holdings(run));
  let [calls, accepted] = [0, 0];
  await fc.assert(
    fc.asyncProperty(call, async (asked) => {
      if (calls++ % CALLS_PER_AGENT === CALLS_PER_AGENT - 1 || !run.chain.data(run.terms.agent)) {
        await closes(run);
        expect(sum(holdings(run))).toBe(total);
        run = await registered();
        total = sum(holdings(run));
      }
      const { keys, chain, arbiter } = run;
      const held: KeyPairSigner[] = [keys.owner, keys.stranger, arbiter];
      const plain = await instructionOf(run, asked);
      const instruction = asked.tamperings.reduce((so, how) => tampered(so, how, poolOf(run)), plain);
      chain.at(chain.now() - START + BigInt(asked.days * 86_400));
      const before = holdings(run);
      const outcome = await chain.send([instruction], held, keys.rentPayer);
      if (outcome.ok) accepted += 1;
      else expect(outcome.refusal).not.toMatch(BROKEN);
      const now = holdings(run);
      expect(sum(now)).toBe(total);
      expect(chain.tokensIn(run.terms.forfeit)).toBeGreaterThanOrEqual(before.forfeit);
      expect(chain.data(run.terms.agent) ? run.state().staked : 0n).toBe(now.vault);
    }),
    { endOnFailure: true },
  );
  expect(accepted).toBeGreaterThan(calls / 20); // a search in which nothing succeeds proves little
});
