import type { Address, Instruction, KeyPairSigner } from "@solana/kit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { configure, pause, unpause } from "@/programs/clients/config-instructions";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import { close, dispute, extend, open, release, resolve, settle, topUp } from "@/programs/clients/escrow-instructions";
import { PROGRAM, START } from "./chain.contract";
import { amount, BROKEN, tampered, tampering } from "./fuzzing.contract";
import { DAY, opened, type Run } from "./run.contract";

// Instructions that are nearly right, signed with every key that a runner which was taken over holds, and with no other.

const CALLS_PER_ESCROW = 100;
const SETTLE = 3;
const RELEASE = 6;

const call = fc.record({
  which: fc.oneof(fc.nat(10), fc.constantFrom(SETTLE, RELEASE)),
  line: fc.nat(3),
  amount: amount(1_000_000n),
  hours: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(30) }),
  tamperings: fc.array(tampering, { maxLength: 2 }),
});
type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

function instructionOf(run: Run, { which, line, amount }: Call): Instruction {
  const { terms, keys, config, configuring } = run;
  const asPayer = { ...terms, payer: keys.settler.address };
  const byStrangers = { program: PROGRAM, config, signers: [keys.settler.address, keys.stranger.address] };
  const sequence = Number(run.chain.data(terms.escrow) ? run.state().sequence : 0n);
  const all: readonly (() => Instruction)[] = [
    () => open({ ...terms, payer: keys.stranger.address }),
    () => topUp({ ...asPayer, amount, raises: [{ line, amount }] }),
    () => extend({ ...asPayer, settleBy: terms.expiry, expiry: terms.expiry + (amount % 1_000n) }),
    () => settle(run.settling(sequence, [[line, amount]])),
    () => dispute({ ...asPayer, lines: [line] }),
    () => resolve({ ...terms, arbiter: keys.settler.address, line, toPayee: amount }),
    () => release(run.releasing([line, (line + 1) % 3])),
    () => close(run.closing("anyone", amount % 2n === 0n ? [line] : [])),
    () => pause(byStrangers),
    () => unpause(byStrangers),
    () => configure({ ...configuring, ...byStrangers, rentPayer: keys.rentPayer.address }),
  ];
  const build = all[which] ?? all[0];
  if (!build) throw new Error("there is no such call");
  return build();
}

function poolOf({ terms, keys, config, payeeAccounts, strangersAccount }: Run): Address[] {
  return [
    ...[terms.escrow, terms.vault, terms.mint, terms.refund, terms.source, terms.feeAccount, config, SYSTEM_PROGRAM],
    ...[keys.settler, keys.stranger, keys.house, keys.rentPayer].map(({ address }) => address),
    ...payeeAccounts,
    strangersAccount,
  ];
}

/** Where tokens are, by whose they are. */
function holdings({ chain, terms, payeeAccounts, strangersAccount }: Run) {
  const payers = [terms.source, terms.refund, terms.vault].map(chain.tokensIn);
  const payees = payeeAccounts.map(chain.tokensIn);
  const [house, stranger] = [chain.tokensIn(terms.feeAccount), chain.tokensIn(strangersAccount)];
  const sum = [...payers, ...payees, house, stranger].reduce((total, each) => total + each, 0n);
  return { payees, paid: [...payees, house].reduce((total, each) => total + each, 0n), stranger, sum };
}

test("[X19] whatever it is given, the program ends in success or in a refusal, and no token goes astray", async () => {
  let run = await opened({ windowSeconds: DAY });
  let began = holdings(run);
  let calls = 0;
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(call, async (asked) => {
      if (calls++ % CALLS_PER_ESCROW === 0 || !run.chain.data(run.terms.escrow)) {
        run = await opened({ windowSeconds: DAY });
        began = holdings(run);
      }
      const { keys, chain } = run;
      const held: KeyPairSigner[] = [keys.settler, keys.house, keys.stranger];
      const instruction = asked.tamperings.reduce(
        (so, how) => tampered(so, how, poolOf(run)),
        instructionOf(run, asked),
      );
      chain.at(chain.now() - START + BigInt(asked.hours * 3_600));
      const outcome = await chain.send([instruction], held, keys.rentPayer);
      if (outcome.ok) accepted += 1;
      else expect(outcome.refusal).not.toMatch(BROKEN);
      const now = holdings(run);
      expect(now.sum).toBe(began.sum);
      expect(now.stranger).toBeLessThanOrEqual(began.stranger);
      expect(now.paid).toBeLessThanOrEqual(run.terms.cap);
      for (const [line, { cap }] of run.terms.payees.entries()) expect(now.payees[line]).toBeLessThanOrEqual(cap);
    }),
    { endOnFailure: true },
  );
  expect(accepted).toBeGreaterThan(calls / 20); // a search in which nothing succeeds proves little
});
