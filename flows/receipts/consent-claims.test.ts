import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import { askStep, callStep, planOf } from "../examples/small-plan";
import { type Agreement, SIMPLE } from "../plan/agreement";
import type { Agreed, Receipt } from "../run/state";
import type { ReceiptBody } from "./chain";
import type { ReceiptFile } from "./receipt-file";
import { eve, ran, retold } from "./sealed-file.contract";
import { verifyReceipts } from "./verify";

const [bob, carol] = [AccountId.parse("bob"), AccountId.parse("carol")];
const PASSKEY = { least: 1, against: 1, weights: {}, evidence: { kinds: ["passkey" as const] } };
const byPasskey = () => ran({ rule: true, agreement: PASSKEY, evidence: () => ({ kind: "passkey" }) });
const failed = (file: ReceiptFile) => verifyReceipts(file).failed.join(" ");

/** The same file whose receipts tell another consent. */
const telling = (file: ReceiptFile, change: (consent: Agreed) => Agreed) =>
  retold(file, (body): ReceiptBody => {
    if (body.kind === "closing" || !body.step.consent) return body;
    return { ...body, step: { ...body.step, consent: change(body.step.consent) } };
  });

/** The same file before the run has ended. */
const unfinished = (file: ReceiptFile): ReceiptFile => ({ ...file, receipts: file.receipts.slice(0, -1) });

const vote = (by: AccountId, kind: "session" | "passkey" = "session") =>
  ({ by, as: by, answer: "approved", weight: 1, atMs: 10, evidence: { kind } }) as const;

test("[V9] a rule that took a passkey says so in the receipt, and a yes that came by less does not verify", async () => {
  const file = await byPasskey();
  expect(file.receipts[0]?.body).toContain('"evidence":{"kinds":["passkey"]}');
  const told = verifyReceipts(file);
  expect(told.failed).toEqual([]);
  expect(told.proved.join(" ")).toMatch(/has the yeses that its receipt says the rule took/);
  const clicked = telling(file, (consent) => ({ ...consent, votes: [vote(eve)] }));
  expect(failed(clicked)).toMatch(/without the yeses that its receipt says a rule took/);
  expect(failed(telling(file, (consent) => ({ ...consent, votes: [] })))).not.toBe("");
  expect(failed(telling(file, ({ votes: _, ...consent }) => consent))).not.toBe("");
});

test("[V9] so many yeses of those whom the rule asked verify, and fewer, the same twice, or of others do not", async () => {
  const two: Agreement = { ...SIMPLE, least: 2, starter: "barred" };
  const asked = { approvers: [bob, carol], agreement: two };
  const file = await byPasskey();
  const given = (votes: Agreed["votes"], more: Partial<Agreed> = {}) =>
    telling(file, ({ rule, subject }) => ({ rule, subject, by: carol, votes, asked, ...more }));
  expect(failed(given([vote(bob), vote(carol)]))).toBe("");
  expect(failed(unfinished(given([vote(bob), vote(carol)])))).toBe("");
  for (const votes of [[vote(carol)], [vote(carol), vote(carol)], [vote(eve), vote(carol)], [vote(carol), vote(bob)]])
    expect(failed(given(votes))).not.toBe("");
  expect(failed(given([{ ...vote(carol), weight: 2 }]))).not.toBe("");
  // Whoever started the run (eve) has no say unless the rule names them, and one click is not what it took.
  const named = { asked: { approvers: [eve], agreement: { ...SIMPLE, starter: "barred" as const } }, by: eve };
  expect(failed(given([vote(eve)], named))).not.toBe("");
});

test("[V9] a file tells that nobody sees the rules in it, wherever a rule asked; older receipts verify as they did", async () => {
  const plain = await ran({ rule: true });
  expect(plain.receipts[0]?.body).not.toContain('"asked"');
  const told = verifyReceipts(plain);
  expect(told.failed).toEqual([]);
  expect(told.proved.join(" ")).not.toMatch(/the rule took/);
  expect(told.notProved.join(" ")).toMatch(/rules asked for no more than the receipts say/);
  expect(verifyReceipts(await ran({})).notProved.join(" ")).not.toMatch(/rules/);
});

test("[V2] the receipts of a run that goes on still verify where whoever started it has no say", async () => {
  const ask = askStep("q", [], { approvers: [bob], agreement: { ...SIMPLE, starter: "barred" } });
  const plan = planOf([ask, callStep("work", [{ step: 0, port: "approved" }])]);
  const file = { ...(await ran({})), plan };
  const said = retold(file, (body): ReceiptBody => {
    if (body.kind === "closing" || body.step.step !== "q") return body;
    const step: Receipt = { ...body.step, by: bob, votes: [vote(bob)] };
    return { ...body, step };
  });
  expect(failed(said)).toBe("");
  expect(failed(unfinished(said))).toBe("");
});
