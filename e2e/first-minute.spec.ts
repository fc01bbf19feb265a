import { expect, test } from "./fixtures/studio";

test("journey 1: open a sample, change a setting, see the bound change, run, approve, verify the receipts", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  await expect(studio.bound()).toHaveAccessibleName(/1\.00 credits/);

  await studio.node("Summarise").click();
  await page.getByLabel("Cap per call").fill("0.75");
  await expect(studio.bound()).toHaveAccessibleName(/1\.35 credits/);
  await expect(page.getByLabel("Saved state")).toContainText("saved");

  await studio.run();
  await expect(studio.node("Review")).toHaveAttribute("data-status", "needs_you");
  await expect(studio.node("Analyse the sales")).toHaveAttribute("data-status", "done");

  await page.getByRole("link", { name: "Answer Review" }).click();
  await expect(page.getByText("Is this report worth summarising?")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^studio\/summariser@1\.0\.0$/ })).toBeVisible();
  await page.getByRole("button", { name: "Approve, at most 0.75 credits" }).click();
  await expect(page.getByText("Approved").first()).toBeVisible();

  await page.goto("/runs");
  await page.getByRole("link", { name: "Reviewed sales report" }).first().click();
  await expect(page.getByText("Succeeded").first()).toBeVisible();
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("4 of 4 verified").first()).toBeVisible();

  await page.goto("/wallet");
  await expect(page.getByText("499.00 credits").first()).toBeVisible();
});

test("a refusal ends the run, and everything that was set aside for the rest comes back", async ({ studio }) => {
  const { page } = studio;
  await studio.waitForReview();
  await studio.openQuestion();
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByText("Refused").first()).toBeVisible();
  await page.goto("/runs");
  await expect(page.getByText("Failed").first()).toBeVisible();
  await page.goto("/wallet");
  await expect(page.getByText("499.40 credits").first()).toBeVisible();
});

test("a run that is stopped while it waits opens nothing more", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Outlier watch");
  await studio.run();
  await expect(studio.node("Write them up?")).toHaveAttribute("data-status", "needs_you");
  await page.goto("/runs");
  await page.getByRole("link", { name: "Outlier watch" }).first().click();
  await page.getByRole("button", { name: "Stop" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: /Stop/ }).click();
  await expect(page.getByText("Stopped").first()).toBeVisible();
  await page.goto("/approvals");
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
});
