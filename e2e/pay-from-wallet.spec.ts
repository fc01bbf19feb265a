import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { termsOf, tokensOnChain, URL_OF_CHAIN } from "./fixtures/chain";
import { lookAtEscrow, sign } from "./fixtures/look-at-escrow";
import { expect, test } from "./fixtures/studio";
import { verifyFile } from "./smoke/verify-file.mjs";

const funding = (page: Page) => page.getByRole("dialog", { name: /^Fund Short or long/ });

test("journey 7: a run is funded from a wallet, runs, pays its payees on chain, and the rest returns", async ({
  page,
  studio,
}) => {
  test.setTimeout(600_000);
  const wallet = await lookAtEscrow(studio, page);

  await test.step("what signing changes is told by the chain before anything is signed", async () => {
    await expect(funding(page).getByText("Local chain: simulated on this machine.")).toBeVisible();
    const changed = funding(page).getByRole("region", { name: "What signing changes" });
    await expect(changed.getByText(/^pays .* USDC, .* USDC left$/)).toBeVisible();
    await expect(changed.getByText(/rent, lent by the sponsor/).first()).toBeVisible();
    await expect(funding(page).getByRole("table", { name: "Payees with their caps" })).toContainText("studio");
    expect(await studio.faults("the funding dialog")).toEqual([]);
    expect(wallet.asked.filter((asked) => asked.for === "transaction")).toEqual([]);
  });

  await test.step("the wallet says no once, then signs; the run starts by itself, once", async () => {
    wallet.manner = "refuses";
    await page.getByRole("button", { name: "Sign with a wallet" }).click();
    await sign(page);
    await expect(page.getByRole("alert").getByText("Test Wallet was told no.")).toBeVisible();
    wallet.manner = "agrees";
    await sign(page);
    await expect(page.getByRole("link", { name: "Open the run" })).toBeVisible({ timeout: 120_000 });
    await page.goto("/runs");
    await expect(page.getByRole("main").getByRole("link", { name: /Short or long/ })).toHaveCount(1);
  });

  await test.step("the run's page shows the escrow, its transactions, and that it was closed", async () => {
    await page
      .getByRole("main")
      .getByRole("link", { name: /Short or long/ })
      .click();
    await studio.succeeded();
    const escrow = page.getByRole("region", { name: "Escrow" });
    await expect(escrow.getByText("Local chain: simulated on this machine.")).toBeVisible();
    await expect(escrow.getByText("Closed")).toBeVisible({ timeout: 120_000 });
    for (const kind of ["Open", "Settle"])
      await expect(
        escrow.getByRole("listitem").filter({ hasText: kind }).filter({ hasText: "confirmed" }).first(),
      ).toBeVisible();
    await expect(escrow.getByRole("link", { name: /Look up transaction Open/ })).toHaveAttribute(
      "href",
      /^\/explorer\/tx\//,
    );
    expect(await studio.faults("a run on escrow")).toEqual([]);
  });

  await test.step("the chain itself says that payees were paid what was spent, and that the rest is back", async () => {
    const words = await page.getByRole("meter", { name: "Spent of worst case" }).getAttribute("aria-valuetext");
    const spent = BigInt(Math.round(Number(words?.match(/[\d.]+/)?.[0]) * 1_000_000));
    const { source, vault, lines } = await termsOf(page, new URL(page.url()).pathname.split("/").at(-1) ?? "");
    expect(spent).toBeGreaterThan(0n);
    expect(await tokensOnChain(source)).toBe(25_000_000n - spent);
    expect(await tokensOnChain(vault)).toBe(0n);
    expect(await tokensOnChain(lines[0]?.account ?? "")).toBeGreaterThanOrEqual(spent); // other runs pay it, too
  });

  await test.step("the receipts that are saved verify, also against the chain", async () => {
    let saved: { settlement?: unknown; receipts: unknown[] } = { receipts: [] };
    // The settlement is signed once the chain cannot take it back.
    await expect(async () => {
      await page.reload();
      const save = page.getByRole("button", { name: "Download receipts" });
      await studio.alive(save);
      const download = page.waitForEvent("download", { timeout: 5_000 });
      await save.click();
      saved = JSON.parse(readFileSync(await (await download).path(), "utf8"));
      expect(saved.settlement).toBeDefined();
    }).toPass({ timeout: 120_000 });
    expect(await verifyFile(saved, { rpc: URL_OF_CHAIN })).toMatchObject({
      failed: [],
      verified: saved.receipts.length,
    });
  });
});

test("a wallet that alters what it signs is refused in words, and nothing moves", async ({ page, studio }) => {
  const wallet = await lookAtEscrow(studio, page);
  wallet.manner = "alters";
  await page.getByRole("button", { name: "Sign with a wallet" }).click();
  await sign(page);
  await expect(
    page.getByRole("alert").getByText("signed another transaction than the one that was shown"),
  ).toBeVisible();
  await page.goto("/runs");
  await expect(page.getByRole("main").getByText(/Short or long/)).toHaveCount(0);
});

test("an account without a wallet is told what the escrow needs", async ({ page, studio }) => {
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("radio", { name: "Escrow on Solana" })).toBeDisabled();
  await expect(page.getByRole("link", { name: "Link a wallet in Settings" })).toBeVisible();
});

test("without a wallet of one's own, the local chain can be tried with one that is made in the browser", async ({
  page,
  studio,
}) => {
  const own = page.getByRole("button", { name: "Test wallet (local chain only, not safe)" });
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in with a wallet" })).toBeEnabled();
  await page.getByRole("button", { name: "Sign in with a wallet" }).click();
  await page.getByRole("button", { name: "Make a test wallet" }).click();
  expect(await studio.faults("a test wallet is offered")).toEqual([]);
  await own.click();
  await expect(page).toHaveURL("/flows");
  const posted: string[] = [];
  page.on("request", (request) => posted.push(request.postData() ?? ""));
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("radio", { name: "Escrow on Solana" }).check();
  await page.getByRole("button", { name: "Look at the escrow" }).click();
  await page.getByRole("button", { name: "Get 25 USDC of test money" }).click();
  await page.getByRole("button", { name: "Sign with a wallet" }).click();
  await own.click();
  await expect(page.getByRole("link", { name: "Open the run" })).toBeVisible({ timeout: 120_000 });
  const secret = await page.evaluate(() => window.localStorage.getItem("studio:test-wallet"));
  expect(secret).toMatch(/^[1-9A-HJ-NP-Za-km-z]{40,}$/);
  expect(posted.filter((body) => body.includes(secret ?? ""))).toEqual([]); // its key is never sent
});
