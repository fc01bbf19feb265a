import { expect, test } from "vitest";
import type { Money } from "../basics/money";
import type { ReceiptBody } from "./chain";
import type { ReceiptFile } from "./receipt-file";
import { credits, type Ran, ran, retold } from "./sealed-file.contract";
import { verifyReceipts } from "./verify";

/** The same file whose closing receipt names another amount; with undefined as one from before it was said. */
const saying = (file: ReceiptFile, freshAbove: Money | null | undefined) =>
  retold(file, (body): ReceiptBody => {
    if (body.kind !== "closing") return body;
    const { freshAbove: _, ...before } = body;
    return freshAbove === undefined ? before : { ...before, freshAbove };
  });

test.each([{ rule: false }, { rule: true }])(
  "[V7] a yes above the amount of its run verifies with something fresh, and not by a click, where %o asks",
  async ({ rule }) => {
    const clicked = await ran({ rule });
    expect(verifyReceipts(clicked).failed).toEqual([]);
    expect(verifyReceipts(saying(clicked, credits(30n))).failed).toEqual([]);
    const above = verifyReceipts(saying(clicked, credits(29n)));
    expect(above.failed).toEqual([expect.stringMatching(/^A yes to more than 0.000029 credits came without/)]);
    for (const kind of ["passkey", "wallet", "confirmed"] as const) {
      const fresh = verifyReceipts(await ran({ rule, evidence: () => ({ kind }), freshAbove: credits(29n) }));
      expect(fresh.failed).toEqual([]);
      expect(fresh.proved.join(" ")).toMatch(/No yes to more than 0.000029 credits was a click/);
    }
    const key = saying(await ran({ rule, evidence: () => ({ kind: "api_key" }) }), credits(29n));
    expect(verifyReceipts(key).failed).toHaveLength(1);
  },
);

test("[V7] the amount is the one that the run was started under, and stands in its closing receipt", async () => {
  const amounts = async (of: Ran) => (await ran(of)).receipts.at(-1)?.body;
  expect(await amounts({ evidence: () => ({ kind: "passkey" }), freshAbove: credits(7n) })).toContain(
    '"freshAbove":{"amount":"7","currency":"microcredits"}',
  );
  expect(await amounts({})).toContain('"freshAbove":null');
});

test("[V7] receipts from before the amount was said verify as they did, and do not claim it", async () => {
  const before = verifyReceipts(saying(await ran({}), undefined));
  expect(before.failed).toEqual([]);
  expect(before.notProved.join(" ")).toMatch(/more than a click above an amount of its own/);
  expect(verifyReceipts(saying(await ran({}), null)).notProved.join(" ")).not.toMatch(/more than a click/);
});

test("[V7] an answer that nobody is named for was a click", async () => {
  const bare = retold(await ran({}), (body): ReceiptBody => {
    if (body.kind === "closing") return { ...body, freshAbove: credits(29n) };
    const { votes: _, ...step } = body.step;
    return { ...body, step };
  });
  expect(verifyReceipts(bare).failed).toHaveLength(1);
});
