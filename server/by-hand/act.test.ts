import { type Address, isSignerRole, isWritableRole } from "@solana/kit";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EscrowAccount, EscrowPayee } from "@/programs/clients/escrow-account";
import { TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";
import { close, dispute, extend, release, resolve } from "@/programs/clients/escrow-instructions";
import { actOf, type Deed } from "./act";
import type { Seen } from "./seen";

const at = (letter: string) => letter.repeat(32) as Address;
const DAY = 86_400n;
const HALF_A_YEAR = 180n * DAY;

const line = (account: string, more: Partial<EscrowPayee> = {}): EscrowPayee => ({
  ...{ account: at(account), cap: 50_000n, earned: 0n, paid: 0n, returned: 0n },
  ...{ held: 0n, heldUntil: 0n, disputed: 0n, decideBy: 0n },
  ...more,
});

function seen(payees: EscrowPayee[], more: Partial<EscrowAccount> & { now?: bigint; takes?: boolean[] } = {}): Seen {
  const { now = 1_000n, takes = payees.map(() => true), ...account } = more;
  return {
    ...{ program: at("P"), escrow: at("E"), tokenProgram: TOKEN_PROGRAM, now, takes },
    account: {
      ...{ feeBps: 0, state: "open", windowSeconds: 3_600, cap: 100_000n, earned: 0n, sequence: 1n, pausedBefore: 0n },
      ...{ openedAt: 0n, settleBy: 10n * DAY, expiry: 20n * DAY },
      ...{ payer: at("A"), refund: at("B"), rentPayer: at("C"), settler: at("D"), arbiter: at("F"), mint: at("G") },
      ...{ vault: at("H"), feeAccount: at("J"), payees },
      ...{ planHash: new Uint8Array(), run: new Uint8Array(), lastRoot: new Uint8Array(), chain: new Uint8Array() },
      ...account,
    },
  };
}

const ofVault = { program: at("P"), escrow: at("E"), vault: at("H"), mint: at("G"), tokenProgram: TOKEN_PROGRAM };
const closed = (unclaimed: { line: number; account: Address }[] = []) => {
  const parties = { refund: at("B"), rentPayer: at("C"), payer: at("A"), settler: at("D") };
  return close({ ...ofVault, ...parties, by: "anyone", unclaimed });
};
const released = (payees: { line: number; account: Address }[]) => release({ ...ofVault, feeAccount: at("J"), payees });

const refusal = (where: Seen, deed: Deed) => {
  const act = actOf(where, deed);
  return act.ok ? act.value : act.error;
};

test("anybody releases what is due, on the lines whose account takes it and on no other", () => {
  const where = seen(
    [
      line("L", { earned: 20_000n }),
      line("M", { earned: 9_000n, held: 9_000n, heldUntil: 1_001n }),
      line("N", { earned: 5_000n }),
      line("Q"),
      line("R", { earned: 8_000n, disputed: 5_000n, decideBy: 1_001n }),
    ],
    { takes: [true, true, false, true, true] },
  );
  const lines = [
    { line: 0, account: at("L") },
    { line: 4, account: at("R") },
  ];
  expect(actOf(where, { does: "release" })).toEqual({
    ok: true,
    value: {
      instructions: [released(lines)],
      by: null,
      says: [
        `0.02 USDC are paid to line 1 (${at("L")}).`,
        `0.003 USDC are paid to line 5 (${at("R")}).`,
        `0.009 USDC of line 2 (${at("M")}) can be disputed until 1970-01-01T00:16:41Z.`,
        `The account of line 3 (${at("N")}) takes no money now.`,
        `0.005 USDC of line 5 (${at("R")}) are disputed; undecided by 1970-01-01T00:16:41Z they are paid.`,
      ],
    },
  });
});

test("what cannot be released yet says until when, and what never can be says that", () => {
  const held = line("L", { earned: 20_000n, held: 20_000n, heldUntil: 3_600n });
  expect(refusal(seen([held]), { does: "release" })).toMatch(/0.02 USDC .* can be disputed until 1970-01-01T01:00:00Z/);
  expect(refusal(seen([line("L", { earned: 5n })], { takes: [false] }), { does: "release" })).toMatch(/takes no money/);
  expect(refusal(seen([line("L", { earned: 5n, paid: 5n })]), { does: "release" })).toMatch(/is paid\.$/);
});

test("anybody closes what is over, after everybody was paid; before that it says when", () => {
  const due = line("L", { earned: 20_000n });
  expect(refusal(seen([due]), { does: "close" })).toMatch(/after 1970-01-21T00:00:00Z/);
  const paid = { instructions: [released([{ line: 0, account: at("L") }]), closed()], by: null };
  expect(refusal(seen([due], { state: "finished" }), { does: "close" })).toMatchObject(paid);
  expect(refusal(seen([due], { now: 20n * DAY + 1n }), { does: "close" })).toMatchObject(paid);
  expect(refusal(seen([line("L")], { state: "finished" }), { does: "close" })).toMatchObject({
    instructions: [closed()],
  });
  const disputed = line("L", { earned: 9n, disputed: 9n, decideBy: 2_000n });
  expect(refusal(seen([disputed], { state: "finished" }), { does: "close" })).toMatch(/cannot be closed yet.*disputed/);
});

test("half a year after the expiry, only what an account still cannot take returns to the payer", () => {
  const payees = [line("L", { earned: 7n }), line("M", { earned: 9n })];
  const late = { now: 20n * DAY + HALF_A_YEAR + 1n, takes: [true, false] };
  const early = { ...late, now: late.now - 1n };
  expect(refusal(seen(payees, early), { does: "close" })).toMatch(/line 2 .* takes no money/);
  expect(refusal(seen(payees, late), { does: "close" })).toMatchObject({
    instructions: [released([{ line: 0, account: at("L") }]), closed([{ line: 1, account: at("M") }])],
  });
});

test("the payer alone disputes, what is inside its window and nothing else", () => {
  const held = line("L", { earned: 20_000n, held: 20_000n, heldUntil: 1_001n });
  const ask = { program: at("P"), escrow: at("E"), payer: at("A") };
  expect(refusal(seen([held]), { does: "dispute", lines: [0] })).toMatchObject({
    instructions: [dispute({ ...ask, lines: [0] })],
    by: at("A"),
  });
  expect(refusal(seen([held], { now: 1_001n }), { does: "dispute", lines: [0] })).toMatch(/window is over/);
  expect(refusal(seen([held]), { does: "dispute", lines: [1] })).toMatch(/no line 2: the table has 1/);
});

test("the payer alone gives more time, to both times, at most a year and a day after the opening", () => {
  const ask = { program: at("P"), escrow: at("E"), payer: at("A") };
  expect(refusal(seen([line("L")]), { does: "extend", seconds: DAY })).toMatchObject({
    instructions: [extend({ ...ask, settleBy: 11n * DAY, expiry: 21n * DAY })],
    by: at("A"),
  });
  expect(refusal(seen([line("L")]), { does: "extend", seconds: 347n * DAY })).toMatch(
    /until 1971-01-02T00:00:00Z at the/,
  );
  expect(refusal(seen([line("L")], { now: 20n * DAY + 1n }), { does: "extend", seconds: DAY })).toMatch(/expired/);
  expect(refusal(seen([line("L")], { state: "finished" }), { does: "extend", seconds: DAY })).toMatch(/Nothing more/);
});

test("the arbiter alone divides what is disputed, between the payee and the payer, and no more than it is", () => {
  const disputed = line("L", { earned: 20_000n, disputed: 20_000n, decideBy: 1_001n });
  const ask = { program: at("P"), escrow: at("E"), arbiter: at("F"), line: 0, toPayee: 15_000n };
  expect(refusal(seen([disputed]), { does: "resolve", line: 0, toPayee: 15_000n })).toEqual({
    instructions: [resolve(ask)],
    by: at("F"),
    says: [`0.015 USDC go to line 1 (${at("L")}), 0.005 USDC back to the payer (${at("B")}).`],
  });
  expect(refusal(seen([disputed]), { does: "resolve", line: 0, toPayee: 20_001n })).toMatch(/^Only 0.02 USDC/);
  expect(refusal(seen([disputed], { now: 1_001n }), { does: "resolve", line: 0, toPayee: 1n })).toMatch(
    /is the payee's/,
  );
  expect(refusal(seen([disputed]), { does: "resolve", line: 3, toPayee: 1n })).toMatch(/no line 4/);
});

const amount = fc.bigInt({ min: 0n, max: 50_000n });
const time = fc.bigInt({ min: 0n, max: 20n * DAY + HALF_A_YEAR + DAY });
const payees = fc.array(
  fc.record({
    earned: amount,
    paid: amount,
    returned: amount,
    held: amount,
    heldUntil: time,
    disputed: amount,
    decideBy: time,
  }),
  { minLength: 1, maxLength: 6 },
);
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ does: fc.constantFrom("release" as const, "close" as const) }),
  fc.record({ does: fc.constant("dispute" as const), lines: fc.array(fc.nat(6), { minLength: 1 }) }),
  fc.record({ does: fc.constant("extend" as const), seconds: amount }),
  fc.record({ does: fc.constant("resolve" as const), line: fc.nat(6), toPayee: amount }),
);
const wheres = fc.record({
  payees,
  now: time,
  state: fc.constantFrom("open" as const, "finished" as const),
  takes: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
});

test("whatever is asked of an escrow in whatever state, nobody gets anything but its payees, its payer, its fee account and who lent the rent, and only payer and arbiter sign", () => {
  const letters = [..."LMNQRS"];
  fc.assert(
    fc.property(wheres, deeds, ({ payees: lines, now, state, takes }, deed) => {
      const table = lines.map((each, place) => line(letters[place] ?? "Z", each));
      const act = actOf(seen(table, { now, state, takes }), deed);
      if (!act.ok) return;
      const all = act.value.instructions.flatMap(({ accounts = [] }) => accounts);
      const mayGet = [...table.map(({ account }) => account), ...["E", "H", "J", "B", "C"].map(at)];
      for (const { address, role } of all) {
        if (isWritableRole(role)) expect(mayGet).toContain(address);
        if (isSignerRole(role)) expect(address).toBe(act.value.by);
      }
      expect([null, at("A"), at("F")]).toContain(act.value.by);
      expect(act.value.instructions.every(({ programAddress }) => programAddress === at("P"))).toBe(true);
    }),
  );
});
