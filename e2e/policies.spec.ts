import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/studio";

/** As a program sets them. */
async function setRules(page: Page, rules: readonly object[]): Promise<void> {
  const origin = new URL(page.url()).origin;
  const answer = await page.request.post("/api/trpc/policies.set", {
    headers: { origin },
    data: { json: { policy: { version: 1, rules } } },
  });
  expect(answer.status()).toBe(200);
}

test("a flow that the rules deny is not started, and the words name the rule and what would pass", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  const most = { currency: "microcredits", amount: "500000" };
  await setRules(page, [{ id: "small-steps", rule: "max_amount", per: "step", most }]);
  await studio.openFlow("Reviewed sales report");
  await studio.run();
  await expect(page.getByText(/Your rules do not allow this run \(small-steps\)/)).toBeVisible();
  await expect(page.getByText("Nothing was started and nothing was paid.")).toBeVisible();
  await page.goto("/runs");
  await expect(page.getByText("Reviewed sales report")).toHaveCount(0);
});

test("a rule that wants consent asks before the payment, and a no pays nobody", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await page.goto("/settings");
  await studio.alive(page.getByRole("button", { name: "Add a rule" }));
  await page.getByRole("button", { name: "Add a rule" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a rule" });
  await dialog.getByLabel("What it is about").selectOption("Every payment");
  await dialog.getByLabel("Question").fill("Pay the analyst?");
  await dialog.getByLabel("Name", { exact: true }).fill("each");
  // Alone, whoever starts the run never comes to two yeses: nothing of that is put in force.
  await dialog.getByLabel("Yeses needed").fill("2");
  await dialog.getByRole("button", { name: "Put it in force" }).click();
  await expect(dialog.getByText(/all who are asked come to 1: name more people, or ask for fewer yeses/)).toBeVisible();
  await dialog.getByLabel("Yeses needed").fill("1");
  await dialog.getByLabel("A yes takes").selectOption("A signature of a passkey");
  await dialog.getByRole("button", { name: "Put it in force" }).click();
  const rules = page.getByRole("list", { name: "Rules in force" });
  await expect(rules).toContainText("Every payment asks whoever starts the run: one yes; a yes takes a passkey.");
  await page.goto("/flows");
  await studio.openFlow("Reviewed sales report");
  await studio.run();
  await expect(studio.node("Analyse the sales")).toHaveAttribute("data-status", "needs_you");
  await studio.openQuestion();
  await expect(page.getByRole("heading", { name: /Pay the analyst\?/ })).toBeVisible();
  await expect(page.getByText(/The payer's rules ask before Analyse the sales is called or paid/)).toBeVisible();
  await expect(page.getByText("A yes takes a passkey. A no is a click.")).toBeVisible();
  await page.getByRole("button", { name: /^Refuse/ }).click();
  await page.getByRole("link", { name: "Open the run" }).first().click();
  await expect(page.getByText("Failed").first()).toBeVisible();
  await page.goto("/wallet");
  await expect(page.getByRole("definition").filter({ hasText: "500.00 credits" })).toBeVisible();
});

test("a limit of a day counts what earlier runs paid", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  const most = { currency: "microcredits", amount: "500000" };
  await setRules(page, [{ id: "a-day", rule: "max_amount", per: "day", most }]);
  await studio.openFlow("Short or long");
  await studio.run();
  await expect(page.getByRole("link", { name: "Open the run" })).toBeVisible();
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(page.getByText("Succeeded").first()).toBeVisible();
  await page.goto("/flows");
  await studio.openFlow("Short or long");
  await studio.run();
  await expect(page.getByText(/Your rules do not allow this run \(a-day\)/)).toBeVisible();
});
