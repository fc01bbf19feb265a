import { choose, escapeTo, fillIn, runByKeyboard, tabTo } from "./fixtures/by-keyboard";
import { expect, type Studio, test } from "./fixtures/studio";

/** Adds beside the node that has the focus; the new node has it afterwards. */
async function add({ page, node }: Studio, words: string, title: string) {
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search the palette" })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await expect(node(title)).toBeFocused();
}

/** Connects the node that has the focus. */
async function connect({ page, node: find }: Studio, node: string, words: string) {
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: `Connect ${node}` })).toBeVisible();
  await choose(page, words);
  await expect(page.getByRole("status", { name: "Last edit" })).toContainText(/^Connected /);
  await expect(find(node)).toBeFocused();
}

/** The settings of the node that has the focus, and back to it. */
async function set(studio: Studio, fields: Readonly<Record<string, string>>) {
  const { page } = studio;
  await page.keyboard.press("Enter");
  await expect(studio.inspector().getByLabel("Title", { exact: true }).first()).toBeFocused();
  await fillIn(page, studio.inspector(), fields);
  await escapeTo(page, fields.Title ? studio.node(fields.Title) : page.locator("[role=group]:focus"));
}

test("journey 2 on the canvas, by keyboard alone: six agents, a branch, a loop and an approval, succeeds", async ({
  studio,
}) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await studio.tryItNow();
  await tabTo(page, page.getByRole("button", { name: "New flow" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await fillIn(page, page.getByRole("dialog"), { Name: "By keyboard" });
  await page.keyboard.press("Enter");
  await studio.drawable();

  await add(studio, "input", "Input");
  await set(studio, { Type: "CSV" });
  await add(studio, "spreadsheet", "Spreadsheet analyst");
  await connect(studio, "Spreadsheet analyst", "input text csv");
  await set(studio, { Title: "Find outliers" });
  await add(studio, "branch", "Branch");
  await connect(studio, "Branch", "outliers into value");
  await connect(studio, "Branch", "report into passed on");
  await set(studio, { Title: "Any outliers?", Condition: "size(value) > 0" });
  await add(studio, "summariser", "Summariser");
  await connect(studio, "Summariser", "yes into text");
  await set(studio, { Title: "Write a note", Sentences: "6" });

  await tabTo(page, studio.wires("Any outliers\\?", "Write a note"));
  await page.keyboard.press("i");
  await page.keyboard.type("approval");
  await expect(page.getByRole("option", { name: "Approval" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(studio.node("Approval")).toBeFocused();
  await set(studio, { Title: "Worth a note?", Question: "Outliers were found. Pay for a note on them?" });

  await page.keyboard.press("ArrowRight");
  await expect(studio.node("Write a note")).toBeFocused();
  await add(studio, "loop", "Loop");
  await connect(studio, "Loop", "note summary into value");
  await set(studio, { Title: "Until it is short", "Goes on while": "size(value) > 300" });
  await add(studio, "summariser", "Summariser");
  await connect(studio, "Summariser", "short value into text");
  await connect(studio, "Summariser", "next value from summary");
  await set(studio, { Title: "Shorten", Sentences: "2" });
  await tabTo(page, studio.node("Until it is short"), "Shift+Tab");
  await add(studio, "summariser", "Summariser");
  await connect(studio, "Summariser", "done into text");
  await set(studio, { Title: "Headline", Sentences: "1" });
  await add(studio, "output", "Output");
  await connect(studio, "Output", "headline summary");
  await set(studio, { Title: "Headline of the note", "Result name": "headline" });

  await tabTo(page, studio.node("Any outliers?"), "Shift+Tab");
  await add(studio, "summariser", "Summariser");
  await connect(studio, "Summariser", "no into text");
  await set(studio, { Title: "All is well", Sentences: "2" });
  await add(studio, "output", "Output");
  await connect(studio, "Output", "well summary");
  await tabTo(page, studio.node("Any outliers?"), "Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await expect(studio.node("All is well")).toBeFocused();

  await tabTo(page, studio.node("Input"), "Shift+Tab");
  await add(studio, "spreadsheet", "Spreadsheet analyst");
  await connect(studio, "Spreadsheet analyst", "input text csv");
  await set(studio, { Title: "By region", "Group by": "region" });
  await add(studio, "output", "Output 2");
  await connect(studio, "Output 2", "region report");
  await page.keyboard.press("Shift+T");
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();
  expect(await studio.faults("six agents")).toEqual([]);
  await runByKeyboard(studio, "Worth a note?");
});

test("what is done by a key is done to where the focus is, whatever was selected before", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.drawable();
  await studio.node("Long?").click();
  await studio.node("Two sentences").focus();
  await page.keyboard.press("Delete");
  await expect(studio.node("Two sentences")).toHaveCount(0);
  await expect(studio.node("Long?")).toBeVisible();
  const wire = studio.wires("Text", "Long\\?").first();
  await wire.focus();
  await page.keyboard.press("Delete");
  await expect(wire).toHaveCount(0);
  await expect(studio.node("Long?")).toBeVisible();
});

test("what is typed right behind / is searched, however late the next frame comes", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.drawable();
  await studio.node("Long?").focus();
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });
  await page.keyboard.press("/");
  await page.keyboard.type("approval");
  await expect(page.getByRole("searchbox", { name: "Search the palette" })).toHaveValue("approval");
});
