import { expect, type Studio, test } from "./fixtures/studio";

/** A flow that is open and has a chain of three nodes. */
async function openSample(studio: Studio) {
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.drawable();
}

const nodes = (studio: Studio) => studio.page.locator(".react-flow__node");

/** Does something by its name. What the keys do is loaded after the canvas, so the first press may come too early. */
async function command({ page }: Studio, name: string) {
  const search = page.getByRole("combobox", { name: "Search commands" });
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(search).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await search.fill(name);
  await page.keyboard.press("Enter");
}

test("every command is found by its name and done from the list, and one undo takes it back", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  await studio.node("Long?").click();
  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Search commands" });
  await expect(search).toBeFocused();
  await search.fill("dupl");
  await expect(page.getByRole("option", { name: /^Duplicate/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(studio.node("Long? 2")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(studio.node("Long? 2")).toHaveCount(0);
});

test("a node has a menu, by right click and by key", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  await studio.node("Long?").click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Duplicate/ }).click();
  await expect(studio.node("Long? 2")).toBeVisible();
  await studio.node("Long?").focus();
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu", { name: "This node" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(studio.node("Long?")).toBeFocused();
});

test("nodes are copied from one flow and pasted into another, with the wires among them", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  const [count, wired] = [await nodes(studio).count(), await studio.wires().count()];
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.goto("/flows");
  await studio.newFlow("Pasted");
  await expect(page.getByText("Nothing is drawn yet")).toBeVisible();
  await page.keyboard.press("Control+v");
  await expect(nodes(studio)).toHaveCount(count);
  await expect(studio.wires()).toHaveCount(wired);
  await page.keyboard.press("Control+z");
  await expect(nodes(studio)).toHaveCount(0);
});

test("a clipboard that holds no flow is refused in words", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  const count = await nodes(studio).count();
  await page.getByLabel("Search the palette").fill("nothing like a flow");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+x");
  await studio.node("Long?").click();
  await page.keyboard.press("Control+v");
  await expect(page.getByText("Not pasted")).toBeVisible();
  await expect(nodes(studio)).toHaveCount(count);
});

test("a node deleted from a chain leaves its neighbours connected; undo brings all of it back", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  await expect(page.getByRole("button", { name: "Add Note" })).toBeVisible();
  const before = await studio.wires().count();
  await studio.node("Review").click();
  await page.keyboard.press("Delete");
  await expect(studio.node("Review")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Wire from Analyse the sales report to Summarise text/ })).toHaveCount(
    1,
  );
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(studio.node("Review")).toBeVisible();
  await expect(studio.wires()).toHaveCount(before);
});

test("several nodes are selected one by one or by a box, and aligned and grouped as one", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  await page.keyboard.press("n");
  await studio.node("Note").click();
  await page.keyboard.press("Control+d");
  await studio.node("Note").click();
  await studio.node("Note 2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Alt+Shift+L");
  const [one, two] = [await studio.middleOf(studio.node("Note")), await studio.middleOf(studio.node("Note 2"))];
  expect(one.x).toBeCloseTo(two.x, 0);
  await page.keyboard.press("Control+g");
  await expect(studio.node("Group")).toBeVisible();
  await page.keyboard.press("Control+Shift+g");
  await expect(studio.node("Group")).toHaveCount(0);
  await expect(studio.node("Note 2")).toBeVisible();
});

test("a box drawn with Shift selects what it touches", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  const canvas = await page.getByLabel("Canvas").boundingBox();
  if (!canvas) throw new Error("no canvas");
  await page.keyboard.down("Shift");
  await page.mouse.move(canvas.x + 4, canvas.y + 4);
  await page.mouse.down();
  await page.mouse.move(canvas.x + canvas.width - 20, canvas.y + canvas.height - 140, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect(page.locator(".react-flow__node.selected")).toHaveCount(await nodes(studio).count());
});

test("words are found in titles and settings and replaced as one step", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  await page.getByLabel("Canvas").click({ position: { x: 5, y: 300 } });
  await page.keyboard.press("Control+f");
  const bar = page.getByRole("search", { name: "Find and replace" });
  await bar.getByLabel("Find", { exact: true }).fill("long?");
  await expect(bar.getByRole("status")).toContainText("1 of 1 · Long?, title");
  await expect(page.locator(".react-flow__node.selected")).toHaveCount(1);
  await bar.getByLabel("Replace with").fill("Large?");
  await bar.getByRole("button", { name: "Replace all" }).click();
  await expect(studio.node("Large?")).toBeVisible();
  await bar.getByRole("button", { name: "Close find" }).click();
  await page.keyboard.press("Control+z");
  await expect(studio.node("Long?")).toBeVisible();
});

test("Tidy up moves nodes into columns as one step", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  await page.keyboard.press("n");
  const before = await studio.middleOf(studio.node("Long?"));
  const from = await studio.middleOf(studio.node("Long?"));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 200, from.y + 160, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+t");
  await expect(page.getByRole("button", { name: "Undo" })).toBeEnabled();
  await expect.poll(async () => Math.abs((await studio.middleOf(studio.node("Long?"))).x - before.x)).toBeLessThan(150);
});

test("a container is collapsed to a card and expanded again, and a flow reopens as it was looked at", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Paragraph by paragraph");
  await expect(studio.node("Long enough?")).toBeVisible();
  await studio.node("Each paragraph").focus();
  await page.keyboard.press("Space");
  await command(studio, "Collapse or expand");
  await expect(studio.node("Long enough?")).toHaveCount(0);
  await page.reload();
  await expect(studio.node("Each paragraph")).toBeVisible();
  await expect(studio.node("Long enough?")).toHaveCount(0);
  await studio.node("Each paragraph").focus();
  await page.keyboard.press("Space");
  await command(studio, "Collapse or expand");
  await expect(studio.node("Long enough?")).toBeVisible();
});

test("a drag stands level with another node, and Alt lets it stand anywhere", async ({ studio }) => {
  const { page } = studio;
  await openSample(studio);
  await page.keyboard.press("n");
  await expect(studio.node("Note")).toBeVisible();
  const [note, other] = [await studio.middleOf(studio.node("Note")), await studio.middleOf(studio.node("Long?"))];
  await page.mouse.move(note.x, note.y);
  await page.mouse.down();
  await page.mouse.move(note.x + 3, note.y); // from here on it is a drag
  await page.mouse.move(other.x + 5, other.y + 150, { steps: 6 });
  await expect(page.locator(".flow-guides path")).not.toHaveCount(0);
  await page.mouse.up();
  await expect(page.locator(".flow-guides path")).toHaveCount(0);
  expect((await studio.middleOf(studio.node("Note"))).x).toBeCloseTo(other.x, 0);
});
