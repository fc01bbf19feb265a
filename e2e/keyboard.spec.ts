import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/studio";

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

async function choose(page: Page, words: string) {
  await expect(page.getByRole("combobox", { name: "Search" })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
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

test("journey 2 in the outline, by keyboard alone: six agents, a branch, a loop and an approval", async ({
  studio,
}) => {
  test.setTimeout(180_000);
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await studio.tryItNow();
  await page.getByRole("button", { name: "New flow" }).press("Enter");
  await page.getByRole("dialog").getByLabel(/name/i).fill("By keyboard");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/flows\/.+/);
  const look = async (where: string) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ target }) => target).join()}`)).toEqual(
      [],
    );
  };

  await page.getByRole("button", { name: "Open outline" }).press("Enter");
  await look("empty outline");
  await page.getByRole("button", { name: "Add a node" }).press("Enter");
  await expect(page.getByRole("combobox", { name: "Search" })).toBeFocused();
  await look("what can be added");
  await choose(page, "Input");
  await add(page, "Input", "Branch");
  await add(page, "Branch", "Approval");
  await add(page, "Approval", "Summariser");
  await add(page, "Summariser", "Loop");
  await goTo(page, "Loop");
  await page.getByRole("button", { name: "Add inside" }).press("Enter");
  await choose(page, "Summariser");
  for (const before of ["Loop", "Summariser 3", "Summariser 4"]) await add(page, before, "Summariser");
  await add(page, "Branch", "Summariser");
  for (const before of ["Summariser 5", "Summariser 6"]) await add(page, before, "Output");

  await connect(page, ["Branch", "Value"], "Input · Text");
  await connect(page, ["Approval", "Subject"], "Branch · Yes");
  await connect(page, ["Summariser", "Text"], "Approval · Approved");
  await connect(page, ["Loop", "Value"], "Summariser · Summary");
  await connect(page, ["Summariser 2", "Text"], "Loop · Value");
  await connect(page, ["Loop", "Next value"], "Summariser 2 · Summary");
  await connect(page, ["Summariser 3", "Text"], "Loop · Done");
  await connect(page, ["Summariser 4", "Text"], "Summariser 3 · Summary");
  await connect(page, ["Summariser 5", "Text"], "Summariser 4 · Summary");
  await connect(page, ["Output", "Value"], "Summariser 5 · Summary");
  await connect(page, ["Summariser 6", "Text"], "Branch · No");
  await connect(page, ["Output 2", "Value"], "Summariser 6 · Summary");
  await expect(page.getByRole("status", { name: "Outline" })).toContainText("No problems");
  await look("outline");

  await goTo(page, "Summariser 6");
  await page.keyboard.press("F2");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Short way");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status", { name: "Outline" })).toContainText("Renamed Summariser 6 to Short way.");
  await goTo(page, "Branch");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Title")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("treeitem", { name: /^Branch, / })).toBeFocused();

  await page.keyboard.press("ControlOrMeta+Enter");
  const text = page.getByRole("dialog").getByLabel("Text");
  await text.focus();
  await page.keyboard.type("Ledgers keep two sides. Each side answers the other. Nothing is lost.");
  await page.getByRole("button", { name: /^Run, at most/ }).press("Enter");
  await expect(studio.node("Approval")).toHaveAttribute("data-status", "needs_you");
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
