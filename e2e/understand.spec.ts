import { expect, type Studio, test } from "./fixtures/studio";

const clean = async (studio: Studio) => expect(await studio.faults("here")).toEqual([]);

test("what floats goes when it is told to, also where nothing moves", async ({ studio }) => {
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await studio.waitForReview();
  await page.getByRole("button", { name: /^Stops/ }).click();
  const stops = page.getByRole("dialog", { name: "Stops" });
  await expect(stops).toBeVisible();
  await clean(studio);
  await page.keyboard.press("Escape");
  await expect(stops).toBeHidden();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  const asked = page.getByRole("dialog", { name: "Stop this run?" });
  await asked.getByRole("button", { name: "Let it run" }).click();
  await expect(asked).toBeHidden();
});

test("journey 3: halt a run before a step, take it, look back over its journal, and run again from a step", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  const step = page.getByRole("region", { name: "Step" });

  await studio.node("Analyse the sales").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByRole("switch", { name: "Stop before it" }).check();
  await studio.run();
  await expect(studio.node("Analyse the sales")).toHaveAttribute("data-status", "paused");
  await clean(studio);

  await step.getByRole("button", { name: "Take this step" }).click();
  await expect(studio.node("Review")).toHaveAttribute("data-status", "needs_you");

  const journal = page.getByRole("slider", { name: "Journal" });
  await journal.press("Home");
  await expect(journal).toHaveAttribute("aria-valuetext", /The run was started/);
  await expect(studio.node("Analyse the sales")).toHaveAttribute("data-status", "waiting");
  await page.getByRole("button", { name: "Event after" }).click();
  await expect(journal).toHaveAttribute("aria-valuetext", /The worst case was reserved/);
  await clean(studio);
  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(studio.node("Analyse the sales")).toHaveAttribute("data-status", "done");

  await step.getByRole("button", { name: "Pin output" }).click();
  await expect(step.getByRole("button", { name: "Unpin output" })).toBeVisible();
  await studio.node("Review").click();
  await step.getByRole("button", { name: "Run from here" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Run, at most/ })
    .click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(studio.node("Review")).toHaveAttribute("data-status", "needs_you");
  await studio.node("Analyse the sales").click();
  await expect(step.getByText("Not executed and not paid")).toBeVisible();
});

test("journey 3: the money path says what the worst case is made of, and a dry run pays nobody", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  await page.getByRole("button", { name: "Open money path" }).click();
  const payments = page.getByRole("table", { name: "Payments" });
  await expect(payments.getByRole("row", { name: /Analyse the sales.*Nobody/ })).toBeVisible();
  await expect(payments.getByRole("row", { name: /Summarise.*Review/ })).toBeVisible();
  await clean(studio);

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Try without paying" }).click();
  await expect(page.getByText("Dry run, simulated")).toBeVisible();
  await expect(studio.node("Summary")).toHaveAttribute("data-status", "done");
  await clean(studio);
  await studio.node("Analyse the sales").click();
  await expect(page.getByRole("region", { name: "Step" }).getByText("sample", { exact: true })).toBeVisible();

  await page.goto("/wallet");
  await expect(page.getByText("500.00", { exact: false }).first()).toBeVisible();
  await page.goto("/runs");
  await expect(page.getByRole("main").getByRole("link", { name: /Reviewed sales report/ })).toHaveCount(0);
});

test("on a phone a dry run says that it is one, and a run that only waits for its time asks nobody", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.drawable();
  await studio.node("Long?").click();
  await page.getByRole("button", { name: "Add Wait" }).click();
  await expect(studio.node("Wait")).toBeVisible();
  await studio.drag(studio.port("Text", "Output Text"), studio.port("Wait", /^Input Value/));
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();
  await studio.run();
  await expect(page.getByRole("region", { name: "Dock" }).getByText("Waiting").first()).toBeVisible();
  await expect(page.getByText("Needs approval")).toHaveCount(0);

  await page.setViewportSize({ width: 375, height: 812 });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Try without paying" }).click();
  await expect(page.getByText("Dry run, simulated")).toBeVisible();
  await clean(studio);
});
