import type { Page } from "@playwright/test";
import { choose, escapeTo, fillIn, runByKeyboard, tabTo } from "./fixtures/by-keyboard";
import { expect, type Studio, test } from "./fixtures/studio";

/** Goes to a line by its node and then down to one of the node's inputs, as a person with a keyboard does. */
async function goTo(page: Page, node: string, input?: string) {
  const tree = page.getByRole("tree", { name: "Outline of the flow" });
  await tree.getByRole("treeitem", { name: new RegExp(`^${node}, [A-Z]`) }).focus();
  const focused = page.locator("[role=treeitem]:focus");
  for (let step = 0; input && step < 8; step++) {
    if ((await focused.getAttribute("aria-label"))?.startsWith(`${input},`)) return;
    await page.keyboard.press("ArrowDown");
  }
  await expect(focused).toHaveAccessibleName(new RegExp(`^${input ?? node},`));
}

async function add(page: Page, after: string, words: string) {
  await goTo(page, after);
  await page.keyboard.press("+");
  await choose(page, words);
  await expect(page.getByRole("status", { name: "Outline" })).toContainText("Added");
}

async function connect(page: Page, end: readonly [node: string, input: string], from: string) {
  await expect(page.getByRole("treeitem", { name: new RegExp(`^${end[1]}, `) }).first()).toBeVisible();
  await goTo(page, ...end);
  await page.keyboard.press("Enter");
  await choose(page, from);
  await expect(page.getByRole("status", { name: "Outline" })).toContainText("Connected");
}

/** The title of a line, and what is set beside it, then back to the line. */
async function set(studio: Studio, node: string, fields: Readonly<Record<string, string>>) {
  const { page } = studio;
  await goTo(page, node);
  await page.keyboard.press("Enter");
  await expect(studio.inspector().getByLabel("Title", { exact: true }).first()).toBeFocused();
  await fillIn(page, studio.inspector(), fields);
  await escapeTo(page, page.getByRole("treeitem", { name: new RegExp(`^${fields.Title ?? node}, `) }));
}

test("journey 2 in the outline, by keyboard alone: six agents, a branch, a loop and an approval, succeeds", async ({
  studio,
}) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await studio.tryItNow();
  await page.getByRole("button", { name: "New flow" }).press("Enter");
  await page.getByRole("dialog").getByLabel(/name/i).fill("By keyboard");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/flows\/.+/);
  const look = async (where: string) => expect(await studio.faults(where)).toEqual([]);

  await page.getByRole("button", { name: "Open outline" }).press("Enter");
  await look("empty outline");
  await page.getByRole("button", { name: "Add a node" }).press("Enter");
  await expect(page.getByRole("combobox", { name: "Search" })).toBeFocused();
  await look("what can be added");
  await choose(page, "Input");
  await set(studio, "Input", { Type: "CSV" });
  await add(page, "Input", "spreadsheet");
  await set(studio, "Spreadsheet analyst", { Title: "Find outliers" });
  await add(page, "Find outliers", "branch");
  await set(studio, "Branch", { Condition: "size(value) > 0" });
  await add(page, "Branch", "approval");
  await set(studio, "Approval", { Question: "Outliers were found. Pay for a note on them?" });
  await add(page, "Approval", "summariser");
  await set(studio, "Summariser", { Title: "Write a note", Sentences: "6" });
  await add(page, "Write a note", "loop");
  await set(studio, "Loop", { "Goes on while": "size(value) > 300" });
  await goTo(page, "Loop");
  await tabTo(page, page.getByRole("button", { name: "Add inside" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await choose(page, "summariser");
  await set(studio, "Summariser", { Title: "Shorten", Sentences: "2" });
  await add(page, "Loop", "summariser");
  await set(studio, "Summariser", { Title: "Headline", Sentences: "1" });
  await add(page, "Headline", "output");
  await add(page, "Branch", "summariser");
  await set(studio, "Summariser", { Title: "All is well", Sentences: "2" });
  await add(page, "All is well", "output");
  await add(page, "Input", "spreadsheet");
  await set(studio, "Spreadsheet analyst", { Title: "By region", "Group by": "region" });
  await add(page, "By region", "output");

  await connect(page, ["Find outliers", "CSV"], "Input · Text");
  await connect(page, ["Branch", "Value"], "Find outliers · Outliers");
  await connect(page, ["Branch", "Passed on instead"], "Find outliers · Report");
  await connect(page, ["Approval", "Subject"], "Branch · Yes");
  await connect(page, ["Write a note", "Text"], "Approval · Approved");
  await connect(page, ["Loop", "Value"], "Write a note · Summary");
  await connect(page, ["Shorten", "Text"], "Loop · Value");
  await connect(page, ["Loop", "Next value"], "Shorten · Summary");
  await connect(page, ["Headline", "Text"], "Loop · Done");
  await connect(page, ["Output", "Value"], "Headline · Summary");
  await connect(page, ["All is well", "Text"], "Branch · No");
  await connect(page, ["Output 2", "Value"], "All is well · Summary");
  await connect(page, ["By region", "CSV"], "Input · Text");
  await connect(page, ["Output 3", "Value"], "By region · Report");
  await expect(page.getByRole("status", { name: "Outline" })).toContainText("No problems");
  await look("outline");

  await goTo(page, "All is well");
  await page.keyboard.press("F2");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Short way");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status", { name: "Outline" })).toContainText("Renamed All is well to Short way.");
  await runByKeyboard(studio, "Approval");
});

test("the canvas by keyboard alone: along wires, settings and back, connect from a list", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Text").focus();
  await page.keyboard.press("ArrowRight");
  await expect(studio.node("Long?")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Title")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(studio.node("Long?")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("c");
  await expect(page.getByRole("option", { name: /Long\?.*connected already/ })).toBeVisible();
  await choose(page, "Two sentences · Focus");
  await expect(page.getByRole("button", { name: "Wire from Text text to Two sentences focus" })).toHaveCount(1);
  await expect(studio.node("Text")).toBeFocused();
});
