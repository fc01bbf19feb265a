import { openEscrow } from "./fixtures/open-escrow";
import { expect, test } from "./fixtures/studio";

const CHAIN = process.env.STUDIO_CHAIN ?? "";

test("an escrow is found by its address, and its terms and its transaction are told in words", async ({ studio }) => {
  const { page } = studio;
  const opened = await openEscrow(CHAIN);
  await studio.tryItNow();
  await page.getByRole("link", { name: "Wallet" }).first().click();
  await page.getByRole("link", { name: "Explorer" }).click();
  await expect(page.getByText("Local chain: simulated on this machine, no real money.")).toBeVisible();
  const search = page.getByRole("searchbox", { name: "Signature or address" });
  await studio.alive(page.getByRole("button", { name: "Look it up" }));
  await search.fill(opened.escrow);
  await search.press("Enter");
  await expect(page.getByRole("heading", { name: "The escrow" })).toBeVisible();
  const terms = page.getByRole("region", { name: "The escrow" });
  await expect(terms.getByText("Open: payees may still earn")).toBeVisible();
  await expect(terms.getByText("2.50 USDC (local)")).toBeVisible();
  await expect(terms.getByRole("link", { name: opened.payer })).toBeVisible();
  await expect(page.getByRole("table", { name: "Payees" }).getByText("2.00 USDC (local)")).toBeVisible();
  await page.getByRole("table", { name: "Transactions" }).getByRole("link").first().click();
  await expect(page.getByText("An escrow was opened with a cap of 2.50 USDC.")).toBeVisible();
  await expect(page.getByText("Open an escrow", { exact: false }).last()).toBeVisible();
  const moved = page.getByRole("table", { name: "Whose tokens moved" });
  await expect(moved.getByText("−2.50 USDC (local)")).toBeVisible();
  await expect(moved.getByText("2.50 USDC (local)").first()).toBeVisible();
});

test("what cannot be looked up is told what is wrong with it, and what is not there that it is not", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await page.goto("/explorer");
  await studio.alive(page.getByRole("button", { name: "Look it up" }));
  const search = page.getByRole("searchbox", { name: "Signature or address" });
  await search.fill("0xdeadbeef");
  await search.press("Enter");
  await expect(page.getByText(/Neither signatures nor addresses have "0" in them/)).toBeVisible();
  await search.fill("5".repeat(87));
  await search.press("Enter");
  await expect(page.getByText("No transaction with this signature has landed on this chain.")).toBeVisible();
  await page.goto(`/explorer/account/${"1".repeat(31)}2`);
  await expect(page.getByText("Nothing lies here yet")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No transactions" })).toBeVisible();
});

test("the explorer fits a phone and has nothing that axe finds fault with", async ({ studio }) => {
  const { page } = studio;
  const opened = await openEscrow(CHAIN);
  await studio.tryItNow();
  await page.setViewportSize({ width: 375, height: 812 });
  for (const path of ["", `/account/${opened.escrow}`, `/tx/${opened.opening}`]) {
    await page.goto(`/explorer${path}`);
    await expect(page.getByText("Local chain: simulated on this machine, no real money.")).toBeVisible();
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, path).toBe(0);
    expect(await studio.faults(path)).toEqual([]);
  }
});
