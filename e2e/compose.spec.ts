import { expect, test } from "./fixtures/studio";

test("an empty canvas becomes a flow that runs: add, connect by drag, fill in, run", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await page.getByRole("button", { name: "New flow" }).click();
  await page.getByRole("dialog").getByLabel(/name/i).fill("My flow");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Create/ })
    .click();
  await page.waitForURL(/\/flows\/.+/);
  for (const name of ["Input", "Summariser", "Output"]) await page.getByRole("button", { name: `Add ${name}` }).click();
  await expect(page.getByRole("button", { name: /^Problems [1-9]/ })).toBeVisible();

  const port = (node: string, name: RegExp) => studio.node(node).getByRole("img", { name });
  await port("Input", /^Output Text/).dragTo(port("Summariser", /^Input Text/));
  await port("Summariser", /^Output Summary/).dragTo(port("Output", /^Input Value/));
  await expect(studio.bound()).toHaveAccessibleName(/0\.40 credits/);
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page
    .getByRole("dialog")
    .getByLabel("Text")
    .fill("Ledgers keep two sides. Each side answers the other. Nothing is lost.");
  await page.getByRole("button", { name: "Run, at most 0.40 credits" }).click();
  await expect(studio.node("Summariser")).toHaveAttribute("data-status", "done");
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(page.getByText("Succeeded").first()).toBeVisible();
});

test("what is drawn is there again after a reload, and undo takes back one edit", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Approval" }).click();
  await expect(studio.node("Approval")).toBeVisible();
  await expect(page.getByLabel("Saved state")).toContainText(/^saved/);
  await page.reload();
  await expect(studio.node("Approval")).toBeVisible();
  await page.getByRole("button", { name: "Add Branch" }).click();
  await expect(studio.node("Branch")).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(studio.node("Branch")).toHaveCount(0);
  await expect(studio.node("Approval")).toBeVisible();
});

test("a flow with nodes inside a node shows all of its nodes and each of its wires", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Paragraph by paragraph");
  await expect(studio.node("Long enough?")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Wire from/ })).toHaveCount(7);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Wire from Each paragraph results to Put together/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Wire from/ })).toHaveCount(7);
});

test("a node is dragged from the palette to where it is dropped", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page
    .getByRole("button", { name: "Add Approval" })
    .dragTo(page.getByLabel("Canvas"), { targetPosition: { x: 300, y: 420 } });
  await expect(studio.node("Approval")).toBeVisible();
});

test("a fault is named on its node, in the list of problems, and keeps Run from starting", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Long?").click();
  await page.getByLabel("Condition").fill("value >");
  await expect(page.getByLabel("Condition")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "Problems 1" })).toBeVisible();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("list", { name: "Problems", exact: true })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
