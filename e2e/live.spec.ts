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

test("a run shows how far an agent is while it works, and its result in place of that", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByLabel(/^File for/).setInputFiles({
    name: "wide.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(wideSheet({ columns: 400, rows: 1_500 })), // some seconds of work
  });
  await page.getByRole("button", { name: /^Run, at most/ }).click();
  await page.getByRole("link", { name: "Open the run" }).click();

  const step = page.getByRole("region", { name: "Step" });
  const bar = step.getByRole("progressbar", { name: "Progress" });
  await expect(step.getByText(/^Column \d+ of 400: /)).toBeVisible();
  const first = Number(await bar.getAttribute("aria-valuenow"));
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow"))).toBeGreaterThan(first);

  await expect(step.getByRole("link", { name: "Open the approval" })).toBeVisible({ timeout: 120_000 });
  await page
    .getByRole("list", { name: "Steps" })
    .getByRole("button", { name: /^Analyse/ })
    .click();
  await expect(step.getByText("report", { exact: true })).toBeVisible();
  await expect(bar).toHaveCount(0);
});

function wideSheet({ columns, rows }: { columns: number; rows: number }): string {
  const line = (cell: (column: number) => string | number) =>
    Array.from({ length: columns }, (_, at) => cell(at)).join();
  const lines = Array.from({ length: rows }, (_, row) =>
    line((column) => ((column * 7919 + row * 104_729) % 1_000) / 10),
  );
  return [line((column) => (column === 0 ? "region" : `c${column}`)), ...lines].join("\n");
}
