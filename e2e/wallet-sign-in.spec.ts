import type { Page } from "@playwright/test";
import { aDayPasses } from "./fixtures/people";
import { expect, test } from "./fixtures/studio";
import { freshSecret, TestWallet } from "./wallet/test-wallet";

const chain = "solana:localnet";

async function openDoor(page: Page): Promise<void> {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in with a wallet" })).toBeEnabled();
  await page.getByRole("button", { name: "Sign in with a wallet" }).click();
}

const choose = (page: Page, name = "Test Wallet") =>
  page.getByRole("list", { name: "Wallets" }).getByRole("button", { name }).click();

test("a wallet opens the same account each time, and signing out says so", async ({ page, studio }) => {
  const wallet = await TestWallet.install(page, { chain });
  await openDoor(page);
  await expect(page.getByRole("list", { name: "Wallets" })).toBeVisible();
  expect(await studio.faults("choosing a wallet")).toEqual([]);
  await choose(page);
  await expect(page).toHaveURL("/flows");
  await page.goto("/settings");
  await expect(page.getByText("opens this account and funds its runs on escrow")).toBeVisible();
  await expect(page.getByRole("button", { name: "Unlink the wallet" })).toBeDisabled();
  expect(await studio.faults("settings with a wallet")).toEqual([]);

  const own = page.getByRole("button", {
    name: `Account of ${wallet.address.slice(0, 4)}..${wallet.address.slice(-4)}`,
  });
  await studio.alive(own);
  await own.click();
  await expect(page.getByText(/^Opened by the wallet/)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText(/opens this account again, in any browser/)).toBeVisible();
  await page.getByRole("dialog", { name: "Sign out?" }).getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await openDoor(page);
  await choose(page);
  await expect(page).toHaveURL("/flows");
  await expect(own).toBeVisible();
  expect(wallet.asked).toHaveLength(2);
});

test("a wallet that says no, that signs other words, or that is slow is told apart, and nobody comes in by it", async ({
  page,
}) => {
  const wallet = await TestWallet.install(page, { chain });
  await openDoor(page);
  wallet.manner = "refuses";
  await choose(page);
  await expect(page.getByRole("alert").getByText("Test Wallet was told no.")).toBeVisible();
  wallet.manner = "alters";
  await choose(page);
  await expect(page.getByRole("alert").getByText(/not one of the words/)).toBeVisible();
  expect((await page.request.get("/api/trpc/account.me")).ok()).toBe(true);
  expect(await (await page.request.get("/api/trpc/account.me")).json()).toMatchObject({
    result: { data: { json: null } },
  });
  wallet.manner = "waits";
  await choose(page);
  await expect(page.getByRole("status").filter({ hasText: "Waiting for Test Wallet" })).toBeVisible();
  await page.getByRole("button", { name: "Stop waiting" }).click();
  await expect(page.getByRole("list", { name: "Wallets" })).toBeVisible();
  wallet.comeBack();
  await choose(page);
  await expect(page).toHaveURL("/flows");
});

test("a wallet without Sign in with Solana signs the same words as a message", async ({ page }) => {
  const wallet = await TestWallet.install(page, { chain, signIn: "lacks" });
  await openDoor(page);
  await choose(page);
  await expect(page).toHaveURL("/flows");
  expect(wallet.asked.map((asked) => asked.for)).toEqual(["message"]);
});

test("what was signed once signs nobody in a second time", async ({ page }) => {
  await TestWallet.install(page, { chain });
  const posted = page.waitForRequest((request) => request.url().endsWith("/api/auth/callback/wallet"));
  await openDoor(page);
  await choose(page);
  const form = Object.fromEntries(new URLSearchParams((await posted).postData() ?? ""));
  await expect(page).toHaveURL("/flows");
  await page.goto("about:blank"); // a page that finds itself signed out goes to the door, at any moment
  await page.context().clearCookies();
  const csrf = (await (await page.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const again = await page.request.post("/api/auth/callback/wallet", { form: { ...form, csrfToken: csrf.csrfToken } });
  expect(again.status()).toBe(401);
  expect(await again.text()).toContain("challenge_expired");
});

test("a local account links a wallet, takes it away while it waits, and is paid elsewhere and unlinks by its word once it counts; the wallet of another is refused", async ({
  page,
  studio,
}) => {
  const secret = freshSecret();
  const [wallet, taken] = [
    await TestWallet.install(page, { secret, chain }),
    await TestWallet.install(page, { chain, name: "Other Wallet" }),
  ];
  await openDoor(page);
  await choose(page, "Other Wallet");
  await expect(page).toHaveURL("/flows");
  await page.context().clearCookies();

  await studio.tryItNow("Lin");
  await page.goto("/settings");
  await studio.alive(page.getByRole("button", { name: "Link a wallet" }));
  await page.getByRole("button", { name: "Link a wallet" }).click();
  await choose(page, "Other Wallet");
  await expect(page.getByRole("alert").getByText("This wallet opens another account.")).toBeVisible();
  await choose(page);
  await expect(page.getByText("opens this account and funds its runs on escrow")).toBeVisible();

  await expect(page.getByText(/Counts from .* Nothing confirmed it when it came/)).toBeVisible();
  await expect(page.getByRole("form", { name: "Payout wallet" })).toHaveCount(0);
  expect(await studio.faults("a wallet that does not count yet")).toEqual([]);
  const asked = wallet.asked.length;
  await page.getByRole("button", { name: "Unlink the wallet" }).click();
  await page.getByRole("button", { name: "Unlink it" }).click();
  await page.getByRole("button", { name: "Link a wallet" }).click();
  expect(wallet.asked).toHaveLength(asked); // its session took it away
  await choose(page);
  await expect(page.getByText(/Counts from/)).toBeVisible();
  const me = (await (await page.request.get("/api/trpc/account.me")).json()) as {
    result: { data: { json: { id: string } } };
  };
  await aDayPasses(me.result.data.json.id);
  await page.reload();
  await studio.alive(page.getByRole("button", { name: "Change the payout wallet" }));

  await page.getByLabel("Pay it to another wallet").fill("not an address");
  await expect(page.getByText("This is no address of Solana.")).toBeVisible();
  await page.getByLabel("Pay it to another wallet").fill(taken.address);
  await page.getByRole("button", { name: "Change the payout wallet" }).click();
  wallet.choose(freshSecret()); // the person is in another account of the wallet
  await choose(page);
  await expect(page.getByRole("alert").getByText(/is the one that is linked to your account/)).toBeVisible();
  wallet.choose(secret);
  await choose(page);
  await expect(page.getByText("The payout wallet is changed.")).toBeVisible();
  await expect(page.getByRole("form", { name: "Payout wallet" })).toContainText(taken.address.slice(0, 6));

  await page.getByRole("button", { name: "Unlink the wallet" }).click();
  await choose(page);
  await expect(page.getByRole("button", { name: "Link a wallet" })).toBeVisible();
});

test("whoever came in by a wallet is out once the account's owner has taken it away", async ({
  page,
  studio,
  browser,
  baseURL,
}) => {
  const secret = freshSecret();
  await TestWallet.install(page, { secret, chain });
  await studio.tryItNow("Lin");
  await page.goto("/settings");
  await studio.alive(page.getByRole("button", { name: "Link a wallet" }));
  await page.getByRole("button", { name: "Link a wallet" }).click();
  await choose(page);
  await expect(page.getByText(/Counts from/)).toBeVisible();

  const elsewhere = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  await TestWallet.install(elsewhere, { secret, chain });
  await openDoor(elsewhere);
  await choose(elsewhere);
  await expect(elsewhere).toHaveURL("/flows");
  const known = async () => (await (await elsewhere.request.get("/api/trpc/account.me")).json()).result.data.json;
  expect(await known()).toMatchObject({ name: "Lin" });

  await page.getByRole("button", { name: "Unlink the wallet" }).click();
  await page.getByRole("button", { name: "Unlink it" }).click();
  await expect(page.getByRole("button", { name: "Link a wallet" })).toBeVisible();
  await expect.poll(known).toBeNull(); // a session that held is looked at again after five seconds
  expect(await (await page.request.get("/api/trpc/account.me")).json()).toMatchObject({
    result: { data: { json: { name: "Lin" } } },
  });
});

test("without a wallet the door says what to do", async ({ page, studio }) => {
  await openDoor(page);
  await expect(page.getByText("No wallet is installed in this browser")).toBeVisible();
  expect(await studio.faults("no wallet")).toEqual([]);
});
