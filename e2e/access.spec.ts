import { expect, test } from "./fixtures/studio";

const PAGES = ["/flows", "/runs", "/approvals", "/wallet", "/notices", "/settings"];

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing on any screen, ${colorScheme}`, async ({ studio }) => {
    const { page } = studio;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found: string[] = [];
    const look = async (where: string) => void found.push(...(await studio.faults(where)));
    await page.goto("/");
    await look("/");
    await studio.tryItNow();
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await look(path);
    }
    await page.goto("/flows");
    await studio.openFlow("Outlier watch");
    await expect(studio.node("Write up")).toBeVisible();
    await look("canvas");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await look("run dialog");
    expect(found).toEqual([]);
  });

test("a visitor is asked to sign in and sees nothing of anybody's", async ({ page }) => {
  for (const path of [...PAGES, "/flows/any", "/runs/any", "/approvals/any"]) {
    await page.goto(path);
    await expect(page.getByRole("button", { name: "Try it now" })).toBeVisible();
  }
});
