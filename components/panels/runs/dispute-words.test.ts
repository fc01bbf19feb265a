import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import { endWords, lineWords } from "./dispute-words";

const usdc = (amount: bigint) => UsdcBase.parse(amount);
const none = usdc(0n);
const line = {
  ...{ line: 0, account: "a", wallet: "w", cap: usdc(30_000n), payees: [AccountId.parse("acme")] },
  ...{ earned: usdc(20_000n), paid: none, returned: none, held: none, heldUntil: 0, disputed: none, decideBy: 0 },
};

test("only what is held inside its window can be disputed, by the chain's own clock", () => {
  const held = { ...line, held: usdc(20_000n), heldUntil: 100 };
  expect(lineWords(held, 99)).toMatchObject({ disputable: 20_000n, words: expect.stringMatching(/^You can dispute/) });
  expect(lineWords(held, 100)).toMatchObject({ disputable: 0n, words: "It is paid with the next transaction." });
});

test("what is disputed, due, paid, returned or nothing says so", () => {
  const words = (more: Partial<typeof line>) => lineWords({ ...line, ...more }, 50).words;
  expect(words({ disputed: usdc(20_000n), decideBy: 60 })).toMatch(/^Disputed: the arbiter divides 0.02 USDC/);
  expect(words({ disputed: usdc(20_000n), decideBy: 50 })).toBe("It is paid with the next transaction.");
  expect(words({ paid: usdc(20_000n) })).toBe("The payee has been paid.");
  expect(words({ paid: usdc(15_000n), returned: usdc(5_000n) })).toBe(
    "0.005 USDC of it came back to you. The payee has been paid.",
  );
  expect(words({ returned: usdc(20_000n) })).toBe("0.02 USDC of it came back to you.");
  expect(words({ earned: none })).toBe("Nothing was earned.");
});

test("the end of an escrow says what was paid, taken and returned, once the chain cannot undo it", () => {
  const left = { paid: usdc(20_000n), fees: none, returned: usdc(10_000n) };
  expect(endWords({ stands: "open", left: null })).toMatch(/^What is not earned returns/);
  expect(endWords({ stands: "closed", left: null })).toMatch(/^What was recorded as earned was paid/);
  expect(endWords({ stands: "closed", left })).toBe(
    "0.02 USDC were paid to payees, and 0.01 USDC returned to your wallet.",
  );
  expect(endWords({ stands: "closed", left: { ...left, fees: usdc(500n) } })).toContain(
    "0.0005 USDC went to the studio",
  );
});
