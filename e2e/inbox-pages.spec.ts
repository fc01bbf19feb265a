import { asks, person } from "./fixtures/asked-people";
import { crowdOf } from "./fixtures/people";
import { expect, Studio, test } from "./fixtures/studio";

test("whoever has more waiting than fits a page reads on by keys, and stands at the first question that came by it", async ({
  browser,
  baseURL,
}) => {
  const [eve, ann] = await Promise.all(["Eve", "Ann"].map((name) => person(browser, baseURL, name)));
  if (!eve || !ann) throw new Error("two people");
  const run = await asks(eve.api, { approvers: [ann.id] });
  await expect.poll(async () => ann.api.approvals.countOpen.query()).toBe(1);
  await crowdOf(run, 249);
  const { page } = ann;
  await page.setViewportSize({ width: 375, height: 740 });
  await page.goto("/approvals");
  const more = page.getByRole("button", { name: "Show 100 more" });
  await new Studio(page).alive(more);
  const links = page.getByRole("table", { name: "Open approvals" }).getByRole("link", { name: "May this go on?" });
  const shown = page.getByRole("status").filter({ hasText: "shown" });
  await expect(shown).toHaveText("100 of 250 shown");
  await expect(links).toHaveCount(100);
  await more.press("Enter");
  await expect(shown).toHaveText("200 of 250 shown");
  await expect(links.nth(100)).toBeFocused();
  expect(await new Studio(page).faults("two pages of the inbox")).toEqual([]);
  await more.click();
  await expect(shown).toHaveText("250 shown");
  await expect(more).toBeHidden();
  await expect(links).toHaveCount(250);
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(new Set(hrefs).size).toBe(250);

  await page.getByRole("searchbox", { name: "Find in questions" }).fill("nothing of that");
  await expect(page.getByText("Nothing that waits for you matches.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Find in questions" }).fill("this go on");
  await expect(shown).toHaveText("100 of 250 shown");
});
