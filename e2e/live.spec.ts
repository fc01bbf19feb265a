import { expect, test } from "./fixtures/studio";

test("two tabs of one browser follow a run live over one stream", async ({ studio, context }) => {
  const streams = new Set<string>();
  context.on("request", (request) => {
    if (request.url().includes("live.moves")) streams.add(request.url());
  });
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  const second = await context.newPage();
  await second.goto("/approvals");
  await expect(second.getByRole("heading", { name: "Approvals" })).toBeVisible();
  await studio.run();
  await expect(second.getByText("Is this report worth summarising?").first()).toBeVisible();
  await expect(studio.node("Review")).toHaveAttribute("data-status", "needs_you");
  expect(streams.size).toBe(1);
});
