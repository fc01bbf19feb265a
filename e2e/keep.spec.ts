import type { BrowserContext, Page } from "@playwright/test";
import { expect, Studio, test } from "./fixtures/studio";

const saved = (page: Page) => page.getByLabel("Saved state");
const add = (page: Page, name: string) => page.getByRole("button", { name: `Add ${name}` }).click();
const rename = async (studio: Studio, from: string, to: string) => {
  await studio.node(from).click();
  await studio.page.getByRole("textbox", { name: "Title" }).fill(to);
};
const title = (page: Page) => page.getByRole("textbox", { name: "Title" });

/** A sample flow of a fresh account, with all of its code here. */
async function open(studio: Studio) {
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await expect(studio.page.getByRole("button", { name: "Add Approval" })).toBeVisible();
}

/** The same flow in another tab of the same browser. */
async function another(context: BrowserContext, address: string) {
  const studio = new Studio(await context.newPage());
  await studio.page.goto(address);
  await expect(studio.page.getByRole("button", { name: /^Problems \d/ })).toBeVisible();
  return studio;
}

test("regression 35: a page that is refreshed at once has lost no edit, and undo and redo know their names", async ({
  studio,
}) => {
  const { page } = studio;
  await open(studio);
  await page.route("**/api/trpc/flows.edit*", (route) => route.abort());
  await add(page, "Approval");
  await add(page, "Wait");
  await expect(studio.node("Wait")).toBeVisible();
  await page.reload();
  await expect(studio.node("Approval")).toBeVisible();
  await expect(studio.node("Wait")).toBeVisible();

  const undo = page.getByRole("button", { name: /^Undo/ });
  await undo.hover();
  await expect(page.getByRole("tooltip")).toContainText("Add Wait");
  await undo.click();
  await expect(studio.node("Wait")).toHaveCount(0);
  await page.reload();
  await expect(studio.node("Approval")).toBeVisible();
  await expect(studio.node("Wait")).toHaveCount(0);
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect(studio.node("Wait")).toBeVisible();

  await page.unroute("**/api/trpc/flows.edit*");
  await page.keyboard.press("Control+s");
  await expect(saved(page)).toContainText(/^saved/);
});

test("regression 35: who goes back at once and opens the flow again finds every edit", async ({ studio }) => {
  const { page } = studio;
  await open(studio);
  await page.route("**/api/trpc/flows.edit*", (route) => route.abort());
  await add(page, "Approval");
  await expect(studio.node("Approval")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Flows", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Short or long" }).click();
  await expect(studio.node("Approval")).toBeVisible();
  await page.unroute("**/api/trpc/flows.edit*");
  await page.keyboard.press("Control+s");
  await expect(saved(page)).toContainText(/^saved/);
});

test("regression 35: two tabs of one person come together without a question, and undo takes back one's own", async ({
  studio,
  context,
}) => {
  await open(studio);
  const other = await another(context, studio.page.url());
  await add(studio.page, "Approval");
  await expect(other.node("Approval")).toBeVisible();
  await add(other.page, "Wait");
  await expect(studio.node("Wait")).toBeVisible();

  // Both change the same node at once: of different fields both stay, of the same field the last to arrive.
  await Promise.all([rename(studio, "Approval", "From the first"), rename(other, "Wait", "From the second")]);
  for (const tab of [studio, other])
    for (const name of ["From the first", "From the second"]) await expect(tab.node(name)).toBeVisible();

  await studio.page.getByRole("button", { name: /^Undo/ }).click();
  for (const tab of [studio, other]) {
    await expect(tab.node("Approval")).toBeVisible();
    await expect(tab.node("From the second")).toBeVisible();
  }
  await expect(studio.page.getByRole("dialog")).toHaveCount(0);
});

test("regression 35: ten minutes offline are kept here, counted, and sent when the network is back", async ({
  studio,
  context,
}) => {
  const { page } = studio;
  await open(studio);
  await page.waitForFunction(() => performance.getEntriesByName("parts fetched").length > 0);
  await page.clock.install();
  await context.setOffline(true);
  for (let minute = 1; minute <= 10; minute++) {
    await add(page, "Wait");
    await page.clock.runFor(60_000);
  }
  await expect(saved(page)).toHaveText("offline, 10 edits kept here");
  const drawn = await page.getByRole("group").count();

  await context.setOffline(false);
  await page.clock.runFor(60_000);
  await expect(saved(page)).toContainText(/^saved/);
  await page.reload();
  await expect(page.getByRole("group")).toHaveCount(drawn);
});

test("regression 35: an edit that another tab made void while this one was offline is told with its reason", async ({
  studio,
  context,
}) => {
  const { page } = studio;
  await open(studio);
  await add(page, "Wait");
  await expect(saved(page)).toHaveText("saved · revision 2");
  const other = await another(context, page.url());
  await page.route("**/api/trpc/flows.edit*", (route) => route.abort());
  await rename(studio, "Wait", "Later");
  await other.node("Wait").click();
  await other.page.keyboard.press("Delete");
  await expect(other.node("Wait")).toHaveCount(0);
  await expect(saved(other.page)).toContainText(/^saved/);

  await page.unroute("**/api/trpc/flows.edit*");
  await page.keyboard.press("Control+s");
  const told = page.getByRole("alert", { name: "Edits that no longer apply" });
  await expect(told).toContainText("Rename Wait: That node is not there any more.");
  await told.getByRole("button", { name: "Dismiss" }).click();
  await expect(told).toHaveCount(0);
});

test("regression 35: a tab that crashed has lost no edit", async ({ studio, context }) => {
  const { page } = studio;
  await open(studio);
  await page.route("**/api/trpc/flows.edit*", (route) => route.abort());
  await add(page, "Approval");
  await add(page, "Wait");
  await expect(studio.node("Wait")).toBeVisible();
  const cdp = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  void cdp.send("Page.crash").catch(() => undefined);
  await crashed;

  const next = await another(context, page.url());
  await expect(next.node("Approval")).toBeVisible();
  await expect(next.node("Wait")).toBeVisible();
  await expect(saved(next.page)).toContainText(/^saved/);
  await next.page.getByRole("button", { name: /^Undo/ }).click();
  await expect(next.node("Wait")).toHaveCount(0);
});

test("a part whose code cannot come says so in its own place, and comes when asked again", async ({ studio }) => {
  const { page } = studio;
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await open(studio);
  await page.route("**/_next/static/**", (route) => route.abort());
  await studio.node("Six sentences").click();
  const told = page.getByText("This part could not be loaded.");
  await expect(told).toBeVisible();
  await expect(studio.node("Two sentences")).toBeVisible();
  await page.unroute("**/_next/static/**");
  await studio.node("Six sentences").click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(title(page)).toBeVisible();
});

test("after a quiet moment a node can be looked into without a network", async ({ studio, context }) => {
  const { page } = studio;
  await open(studio);
  await page.waitForFunction(() => performance.getEntriesByName("parts fetched").length > 0);
  await context.setOffline(true);
  await studio.node("Six sentences").click();
  await expect(title(page)).toBeVisible();
});

test("the history lists edits by name, shows what one changed by risk, names a version and restores it", async ({
  studio,
}) => {
  const { page } = studio;
  await open(studio);
  await page.getByRole("button", { name: "Open history" }).click();
  await expect(page.getByText("Nothing was done yet.")).toBeVisible();
  await rename(studio, "Six sentences", "Long summary agent");
  await expect(saved(page)).toHaveText("saved · revision 2");
  await page.getByLabel("Cap per call").fill("2");
  await expect(saved(page)).toHaveText("saved · revision 3");
  const history = page.getByRole("tabpanel", { name: "History" });
  await history.getByRole("button", { name: /Rename Six sentences/ }).click();
  const compare = page.getByRole("dialog", { name: "Revision 2" });
  await expect(compare.getByRole("region").first()).toHaveAccessibleName("Money");
  await expect(compare.getByRole("region", { name: "Money" })).toContainText("Worst case rises");
  await page.keyboard.press("Escape");

  await studio.node("Two sentences").click();
  await page.keyboard.press("Delete");
  await expect(saved(page)).toHaveText("saved · revision 4");

  await expect(history.getByRole("button", { name: /Delete Two sentences/ })).toBeVisible();
  await history.getByRole("button", { name: /Rename Six sentences/ }).click();
  await expect(compare.getByRole("img", { name: "The flow at revision 2" })).toBeVisible();
  await expect(compare.getByText("Two sentences is gone", { exact: true })).toBeVisible();
  await compare.getByLabel("Name of this revision").fill("Before the cut");
  await compare.getByRole("button", { name: "Name", exact: true }).click();
  await compare.getByRole("button", { name: "Restore this revision" }).click();
  await expect(studio.node("Two sentences")).toBeVisible();
  await expect(history.getByRole("region", { name: "Named versions" })).toContainText("Before the cut");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(studio.node("Two sentences")).toHaveCount(0);
  await expect(history.getByRole("button", { name: /Undo: Restore Revision 2/ })).toBeVisible();
});
