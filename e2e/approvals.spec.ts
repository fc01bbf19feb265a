import { expect, test } from "./fixtures/studio";

test("regression 1: opening an approval a hundred times, by GET and HEAD, decides nothing", async ({ studio }) => {
  const { page } = studio;
  await studio.waitForReview();
  await studio.openQuestion();
  const address = page.url();
  for (let visit = 0; visit < 50; visit++) {
    expect((await page.request.get(address)).status()).toBe(200);
    expect((await page.request.head(address)).status()).toBe(200);
  }
  await page.reload();
  await expect(page.getByRole("button", { name: /^Approve/ })).toBeEnabled();
});

test("another person neither sees nor answers a question that is not theirs", async ({ studio, browser }) => {
  const { page } = studio;
  await studio.waitForReview();
  await studio.openQuestion();
  const address = page.url();
  const strangers = await browser.newContext();
  const stranger = await strangers.newPage();
  await stranger.goto(new URL("/", address).href);
  await stranger.getByRole("button", { name: "Try it now" }).click();
  await expect(stranger.getByRole("heading", { name: "Flows", exact: true })).toBeVisible();
  await stranger.goto(address);
  await expect(stranger.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await strangers.close();
});

test("a request that another site sends in a person's name is refused", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  const answer = await page.request.post("/api/trpc/flows.create", {
    headers: { origin: "https://elsewhere.example" },
    data: { json: { name: "Theirs" } },
  });
  expect(answer.status()).toBe(403);
});
