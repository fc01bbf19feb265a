import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { readReceiptFile } from "../flows/receipts/read-file";
import type { ReceiptFile } from "../flows/receipts/receipt-file";
import { verifyReceipts } from "../flows/receipts/verify";
import { asks, openQuestion, type Person, person, statusOf, votesOf } from "./fixtures/asked-people";
import { aDayPasses } from "./fixtures/people";
import { expect, Studio, test } from "./fixtures/studio";
import { freshSecret, TestWallet } from "./wallet/test-wallet";

const chain = "solana:localnet";
const chooseWallet = (page: Page) =>
  page.getByRole("list", { name: "Wallets" }).getByRole("button", { name: "Test Wallet" }).click();
const approve = (page: Page) => page.getByRole("button", { name: "Approve, costs nothing" });

async function linkWallet({ page, id }: Person): Promise<void> {
  await page.goto("/settings");
  await new Studio(page).alive(page.getByRole("button", { name: "Link a wallet" }));
  await page.getByRole("button", { name: "Link a wallet" }).click();
  await chooseWallet(page);
  await expect(page.getByText("opens this account and funds its runs on escrow")).toBeVisible();
  await aDayPasses(id);
}

test("journey 4: two of three agree, one of them by the signature of a wallet; the receipt says who by what", async ({
  browser,
  baseURL,
}) => {
  const [eve, ann, bob, dan] = await Promise.all(
    ["Eve", "Ann", "Bob", "Dan"].map((name) => person(browser, baseURL, name)),
  );
  if (!eve || !ann || !bob || !dan) throw new Error("four people");
  const wallet = await TestWallet.install(ann.page, { chain });
  await linkWallet(ann);
  const run = await asks(eve.api, { approvers: [ann.id, bob.id, dan.id], needs: 2 });

  await openQuestion(ann);
  await ann.page.getByText("My wallet").click();
  await approve(ann.page).click();
  await chooseWallet(ann.page);
  await expect(ann.page.getByText(/Approved. The run takes it up/)).toBeVisible();
  expect(wallet.asked.at(-1)).toMatchObject({ for: "message" });
  await statusOf(eve.api, run).toBe("waiting");

  await openQuestion(bob);
  await expect(bob.page.getByText(/signed with a wallet/)).toBeVisible();
  await approve(bob.page).click();
  await statusOf(eve.api, run).toBe("succeeded");
  expect(await votesOf(eve.api, run)).toMatchObject([
    { by: ann.id, evidence: { kind: "wallet", digest: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    { by: bob.id, evidence: { kind: "session" } },
  ]);

  const { page } = eve;
  await page.goto(`/runs/${run}`);
  await new Studio(page).alive(page.getByRole("button", { name: "Verify" }));
  await page.getByRole("button", { name: "Verify" }).click();
  const signed = page.getByRole("list", { name: "Signed" });
  await expect(signed.getByRole("listitem")).toHaveText(
    /^Ann agreed at .* by wallet .{4}….{4} at .*, signature checked\.$/,
  );
  expect(await new Studio(page).faults("who signed")).toEqual([]);
  const whole = await saved(page);
  expect(verifyReceipts(whole)).toMatchObject({ failed: [], signed: [{ by: ann.id, shown: "checked" }] });
  await page.getByRole("switch", { name: "Leave out what people signed" }).click();
  const bare = await saved(page);
  expect(bare.proofs).toBeUndefined();
  expect(verifyReceipts(bare)).toMatchObject({ failed: [], signed: [{ by: ann.id, shown: "claimed" }] });
  expect(verifyReceipts({ ...whole, proofs: ["{}"] }).failed).toHaveLength(1);
});

/** The file that *Download receipts* gives. */
async function saved(page: Page): Promise<ReceiptFile> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download receipts" }).click();
  const read = readReceiptFile(readFileSync(await (await download).path(), "utf8"));
  if (!read.ok) throw new Error(read.error.problem);
  return read.value;
}

test("where a wallet has to sign, the page says so before one presses, a click is refused, and a no of the wallet can be mended", async ({
  browser,
  baseURL,
}) => {
  const [eve, ann] = await Promise.all(["Eve", "Ann"].map((name) => person(browser, baseURL, name)));
  if (!eve || !ann) throw new Error("two people");
  const secret = freshSecret();
  const wallet = await TestWallet.install(ann.page, { chain, secret });
  const studio = new Studio(ann.page);
  const run = await asks(eve.api, { approvers: [ann.id], evidence: { by: "wallet" } });
  await openQuestion(ann);
  await expect(ann.page.getByText("A yes takes the signature of your linked wallet.")).toBeVisible();
  await expect(approve(ann.page)).toBeDisabled();
  await expect(ann.page.getByRole("link", { name: "Add it under Settings" })).toBeVisible();
  expect(await studio.faults("nothing to sign with")).toEqual([]);
  const [asked] = await ann.api.approvals.list.query({ state: "open" });
  if (!asked) throw new Error("nothing is asked");
  const { operation, subject } = asked;
  const clicked = ann.api.approvals.answer.mutate({ operation, subject, answer: "approved" });
  await expect(clicked).rejects.toThrow("evidence_needed");

  await linkWallet(ann);
  await ann.page.setViewportSize({ width: 375, height: 740 });
  await openQuestion(ann);
  expect(await studio.faults("signing a yes at 375 px")).toEqual([]);
  wallet.manner = "refuses";
  await approve(ann.page).click();
  await chooseWallet(ann.page);
  await expect(ann.page.getByRole("alert").getByText("Test Wallet was told no.")).toBeVisible();
  wallet.manner = "agrees";
  wallet.choose(freshSecret());
  await chooseWallet(ann.page);
  await expect(ann.page.getByRole("alert").getByText(/does not offer the account/)).toBeVisible();
  wallet.choose(secret);
  await chooseWallet(ann.page);
  await statusOf(eve.api, run).toBe("succeeded");
  expect(await votesOf(eve.api, run)).toMatchObject([{ by: ann.id, evidence: { kind: "wallet" } }]);

  // A rule that takes the wallet is edited with the wallet alone; whoever thinks better of it finds the form as it was.
  const dear = { id: "dear", rule: "consent_required", evidence: { by: "wallet" } };
  await ann.api.policies.set.mutate({ policy: { version: 1, rules: [dear] } });
  await ann.page.goto("/settings");
  await studio.alive(ann.page.getByRole("button", { name: "Edit dear" }));
  await ann.page.getByRole("button", { name: "Edit dear" }).click();
  await ann.page.getByLabel("A yes takes").selectOption("A click");
  await ann.page.getByRole("button", { name: "Save" }).click();
  await expect(ann.page.getByText(/your linked wallet confirms that the rules change/)).toBeVisible();
  await ann.page.keyboard.press("Escape");
  await expect(ann.page.getByLabel("A yes takes")).toHaveValue("click");
  await ann.page.getByRole("button", { name: "Save" }).click();
  await chooseWallet(ann.page);
  const rules = ann.page.getByRole("list", { name: "Rules in force" });
  await expect(rules).toContainText("Every payment asks whoever starts the run: one yes.");
  await expect(ann.page.getByRole("dialog")).toHaveCount(0);
});

test("what a yes takes is no hindrance to a no, and a key alone is not enough", async ({ browser, baseURL }) => {
  const [eve, ann] = await Promise.all(["Eve", "Ann"].map((name) => person(browser, baseURL, name)));
  if (!eve || !ann) throw new Error("two people");
  const run = await asks(eve.api, { approvers: [ann.id], evidence: { by: "fresh" } });
  await openQuestion(ann);
  const { key } = await ann.api.apiKeys.create.mutate({ name: randomUUID(), scopes: ["approvals:decide"], days: 1 });
  const [asked] = await ann.api.approvals.list.query({ state: "open" });
  if (!asked) throw new Error("nothing is asked");
  const { operation, subject } = asked;
  const byKey = await fetch(`${baseURL}/api/v1/approvals/${encodeURIComponent(operation)}/answer`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ subject, answer: "approved" }),
  });
  expect([byKey.status, await byKey.json()]).toMatchObject([403, { error: { code: "evidence_needed" } }]);
  await ann.page.getByRole("button", { name: "Refuse" }).click();
  await statusOf(eve.api, run).toBe("failed");
});
