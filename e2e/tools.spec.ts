import { expect, test } from "./fixtures/studio";

/** The servers are those of e2e/fixtures/mcp-servers.json, which an operator has installed. */
test("tools that the operator installed are drawn from the palette, run for nothing, and every receipt verifies", async ({
  studio,
}) => {
  const { page } = studio;
  await page.setViewportSize({ width: 1600, height: 1000 });
  await studio.tryItNow();
  await studio.newFlow("Tools");
  const canvas = page.getByLabel("Canvas");
  const add = async (name: string, at: { x: number; y: number }) =>
    page.getByRole("button", { name: `Add ${name}`, exact: true }).dragTo(canvas, { targetPosition: at });
  await add("Read Text File", { x: 120, y: 200 });
  await studio.inspector().getByLabel("path", { exact: true }).fill("sales-40.csv");
  await add("Echo Tool", { x: 480, y: 200 });
  await studio.drag(studio.port("Read Text File", /^Output content/i), studio.port("Echo Tool", /^Input message/i));
  await add("Output", { x: 840, y: 200 });
  await studio.drag(studio.port("Echo Tool", /^Output text/i), studio.port("Output", /^Input/));
  await expect(studio.bound()).toHaveAccessibleName("Worst case 0.00 credits");
  await studio.run();
  await expect(studio.node("Output")).toHaveAttribute("data-status", "done");
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: /Tools/ }).first().click();
  await studio.succeeded();
  await expect(page.getByText(/Echo: date,/).first()).toBeVisible();
});
