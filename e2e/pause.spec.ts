import { expect, test } from "./fixtures/studio";

test("a paused run goes no further after its approval until its payer lets it go on", async ({ studio }) => {
  const { page } = studio;
  await studio.waitForReview();
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(page).toHaveURL(/\/runs\//); // the canvas, which is still there until then, has such a button too
  const run = page.url();
  await studio.alive(page.getByRole("button", { name: "Pause" }));
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Go on" })).toBeVisible();
  await studio.openQuestion();
  await studio.alive(page.getByRole("button", { name: /^Approve/ }));
  await page.getByRole("button", { name: /^Approve/ }).click();
  await expect(page.getByText("Approved", { exact: false }).first()).toBeVisible();
  await page.goto(run);
  await expect(page.getByRole("heading", { level: 1 }).getByText("Paused")).toBeVisible();
  expect(await studio.faults("a paused run")).toEqual([]);
  await studio.alive(page.getByRole("button", { name: "Go on" }));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 1 }).getByText("Succeeded")).toBeVisible();
});
