import { slotsPass, termsOf, tokensOnChain } from "./fixtures/chain";
import { escrowCommand } from "./fixtures/escrow-command";
import { chain, lookAtEscrow, sign } from "./fixtures/look-at-escrow";
import { test } from "./fixtures/strict-studio";
import { expect, Studio } from "./fixtures/studio";
import { TestWallet } from "./wallet/test-wallet";

const approve = /^Approve, at most/;

test("above the studio's amount a click alone agrees to nothing: the page says what it takes, and having signed in a moment before is enough", async ({
  page,
  studio,
  browser,
  baseURL,
}) => {
  await studio.waitForReview();
  await studio.page.goto("/approvals");
  await page.getByRole("main").getByRole("link").first().click();
  await expect(page.getByText(/^A yes takes /)).toBeVisible();
  await expect(page.getByRole("button", { name: approve })).toBeDisabled();
  expect(await studio.faults("a yes that takes more than a click")).toEqual([]);
  await studio.alive(page.getByRole("button", { name: "Refuse" }));
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByText(/Refused/).first()).toBeVisible();

  const other = new Studio(await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage());
  await TestWallet.install(other.page, { chain });
  await other.page.goto("/");
  await expect(other.page.getByRole("button", { name: "Sign in with a wallet" })).toBeEnabled();
  await other.page.getByRole("button", { name: "Sign in with a wallet" }).click();
  await sign(other.page);
  await expect(other.page).toHaveURL("/flows");
  await other.openFlow("Reviewed sales report");
  await other.run();
  await expect(other.node("Review")).toHaveAttribute("data-status", "needs_you");
  await other.openQuestion();
  await other.alive(other.page.getByRole("button", { name: approve }));
  await other.page.getByRole("button", { name: approve }).click();
  await expect(other.page.getByText(/Approved/).first()).toBeVisible();
});

test("a payer gives a run that waits for people more time, then disputes what was settled: none of it leaves the escrow until the arbiter decides, and then all comes back", async ({
  page,
  studio,
  strict,
}) => {
  const wallet = await lookAtEscrow(studio, page, "Reviewed sales report");
  await page.getByRole("button", { name: "Sign with a wallet" }).click();
  await sign(page);
  await page.getByRole("link", { name: "Open the run" }).click({ timeout: 120_000 });
  const escrow = page.getByRole("region", { name: "Escrow" });
  const more = escrow.getByRole("button", { name: "Give it a week more" });
  await expect(more).toBeVisible();
  const run = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const agreed = await termsOf(page, run);
  await more.click();
  await expect(page.getByRole("dialog", { name: "Give the run a week more" })).toContainText(
    "You cannot take that back",
  );
  expect(await studio.faults("giving more time")).toEqual([]);
  await sign(page);
  await expect(escrow.getByRole("listitem").filter({ hasText: "More time" })).toContainText("confirmed");
  await slotsPass(strict.chainUrl, 40); // it counts once it is final
  await expect.poll(async () => (await termsOf(page, run)).expiry).toBe(agreed.expiry + 7 * 86_400);
  await expect(more).toBeEnabled();
  await studio.openQuestion();
  await studio.alive(page.getByRole("button", { name: approve }));
  await page.getByRole("button", { name: approve }).click();
  await expect(page.getByText(/Approved/).first()).toBeVisible();
  await page.goto(`/runs/${run}`);
  await studio.succeeded();
  await expect(escrow.getByText("Settled", { exact: true })).toBeVisible({ timeout: 120_000 });
  await expect(escrow.getByText(/You can dispute it until/)).toBeVisible();
  expect(await studio.faults("a settled escrow")).toEqual([]);

  const { vault, lines } = agreed;
  const held = await tokensOnChain(vault, strict.chainUrl);
  const paid = await tokensOnChain(lines[0]?.account ?? "", strict.chainUrl);
  expect(held).toBeGreaterThan(0n);
  const dispute = escrow.getByRole("button", { name: /^Dispute what .* earned$/ });
  await dispute.click();
  await expect(page.getByRole("dialog", { name: "Dispute what was earned" })).toContainText("stay in the escrow");
  expect(await studio.faults("disputing")).toEqual([]);
  wallet.manner = "refuses";
  await sign(page);
  await expect(page.getByRole("alert").getByText("Test Wallet was told no.")).toBeVisible();
  wallet.manner = "agrees";
  await slotsPass(strict.chainUrl, 400); // whoever signs has taken their time
  await sign(page);
  await expect(escrow.getByText("What you signed did not reach the chain in time, and never will.")).toBeVisible();
  await dispute.click();
  await sign(page);
  await expect(escrow.getByText(/^Disputed: the arbiter divides/)).toBeVisible({ timeout: 120_000 });
  await expect(dispute).toHaveCount(0);
  await expect(
    escrow.getByRole("listitem").filter({ hasText: "Dispute" }).filter({ hasText: "confirmed" }).first(),
  ).toBeVisible();
  expect(await tokensOnChain(vault, strict.chainUrl)).toBe(held);
  expect(await tokensOnChain(lines[0]?.account ?? "", strict.chainUrl)).toBe(paid);

  // The arbiter gives all of it back, and closes what nothing is left to wait for: neither asks the studio.
  const decide = ["resolve", agreed.escrow, "--line", "1", "--to-payee", "0"];
  expect(await escrowCommand(strict.data, { key: "arbiter", words: decide })).toContain("Done: ");
  await expect(escrow.getByText(/came back to you/)).toBeVisible();
  const close = ["close", agreed.escrow];
  expect(await escrowCommand(strict.data, { key: "arbiter", words: close })).toContain("Done: ");
  await slotsPass(strict.chainUrl, 40);
  await expect(escrow.getByText(/^0.00 USDC were paid to payees, and .* USDC returned to your wallet/)).toBeVisible();
  expect(await tokensOnChain(agreed.source, strict.chainUrl)).toBe(25_000_000n);
  expect(await tokensOnChain(lines[0]?.account ?? "", strict.chainUrl)).toBe(paid);
});
