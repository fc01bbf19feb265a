import { expect, SALES_FILE, type Studio, test } from "./fixtures/studio";

/** Titles and settings are typed where they are shown: in the inspector, for the node that is selected. */
async function set(studio: Studio, node: string, fields: Readonly<Record<string, string>>) {
  await studio.node(node).click({ position: CORNER });
  for (const [label, value] of Object.entries(fields))
    await studio.inspector().getByLabel(label, { exact: true }).first().fill(value);
}

const CORNER = { x: 12, y: 8 }; // of a container the middle is what is drawn in it
const WIDE = { width: 1600, height: 1000 };

/** Sales are searched for outliers; only when there are some, and a person agrees, is a note written, cut short and given a headline. */
test("journey 2 by mouse: an empty canvas becomes six agents with a branch, a loop and an approval, and succeeds", async ({
  studio,
}) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await studio.tryItNow();
  await studio.newFlow("Sales watch");
  const canvas = page.getByLabel("Canvas");
  const fromPalette = (name: string, at: { x: number; y: number }) =>
    page.getByRole("button", { name: `Add ${name}`, exact: true }).dragTo(canvas, { targetPosition: at });
  const offered = async (words: string) => {
    await page.getByRole("combobox", { name: "What comes here" }).fill(words);
    await page.getByRole("listbox", { name: "What comes here" }).getByRole("option").first().click();
  };
  /** A flow grows to the right: below it there is room to let go of a wire. */
  const intoTheEmpty = async (node: string, port: string, words: string) => {
    const start = await studio.middleOf(studio.port(node, port));
    await studio.drag(studio.port(node, port), { x: Math.min(start.x, 900), y: 900 });
    await offered(words);
    await tidy();
  };
  const tidy = async () => {
    await canvas.click({ position: CORNER });
    await page.keyboard.press("Shift+T");
    await page.getByRole("button", { name: "Undo" }).hover();
    await expect(page.getByRole("tooltip")).toContainText("Tidy up");
  };

  await fromPalette("Input", { x: 160, y: 200 });
  await studio.inspector().getByLabel("Type").selectOption("CSV");
  await intoTheEmpty("Input", "Output Text", "spreadsheet");
  await set(studio, "Spreadsheet analyst", { Title: "Find outliers" });

  await page.getByRole("button", { name: "Add Branch" }).click();
  await expect(studio.node("Branch")).toBeVisible();
  await studio.drag(studio.port("Find outliers", "Output Outliers"), studio.port("Branch", /^Input Value/));
  await studio.drag(studio.port("Find outliers", "Output Report"), studio.port("Branch", "Input Passed on instead"));
  await set(studio, "Branch", { Title: "Any outliers?", Condition: "size(value) > 0" });
  await intoTheEmpty("Any outliers?", "Output No", "summariser");
  await set(studio, "Summariser", { Title: "All is well", Sentences: "2" });
  await intoTheEmpty("All is well", "Output Summary", "output");

  await intoTheEmpty("Any outliers?", "Output Yes", "summariser");
  await set(studio, "Summariser", { Title: "Write a note", Sentences: "6" });
  await studio.wires("Any outliers\\?", "Write a note").click();
  await page.getByRole("button", { name: "Insert here" }).click();
  await offered("approval");
  await set(studio, "Approval", { Title: "Worth a note?", Question: "Outliers were found. Pay for a note on them?" });
  await tidy();

  await studio.node("Write a note").click({ position: CORNER });
  await page.getByRole("button", { name: "Add Loop" }).click();
  await expect(studio.node("Loop")).toBeVisible();
  await studio.drag(studio.port("Write a note", "Output Summary"), studio.port("Loop", /^Input Value/));
  await set(studio, "Loop", { Title: "Until it is short", "Goes on while": "size(value) > 300" });
  const body = await studio.middleOf(studio.node("Until it is short"));
  const around = await canvas.boundingBox();
  await fromPalette("Summariser", { x: body.x - (around?.x ?? 0), y: body.y - (around?.y ?? 0) + 30 });
  await set(studio, "Summariser", { Title: "Shorten", Sentences: "2" });
  await canvas.click({ position: CORNER });
  await page.keyboard.press("f");
  await studio.drag(studio.port("Until it is short", "Inside, gives Value"), studio.port("Shorten", /^Input Text/));
  await studio.drag(
    studio.port("Shorten", "Output Summary"),
    studio.port("Until it is short", "Inside, takes Next value"),
  );
  await intoTheEmpty("Until it is short", "Output Done", "summariser");
  await set(studio, "Summariser", { Title: "Headline", Sentences: "1" });
  await intoTheEmpty("Headline", "Output Summary", "output");
  await set(studio, "Output 2", { Title: "Headline of the note", "Result name": "headline" });
  await intoTheEmpty("Input", "Output Text", "spreadsheet");
  await set(studio, "Spreadsheet analyst", { Title: "By region", "Group by": "region" });
  await intoTheEmpty("By region", "Output Report", "output");
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("dialog").getByLabel("File for Text").setInputFiles(SALES_FILE);
  await page.getByRole("button", { name: /^Run, at most/ }).click();
  await expect(studio.node("Worth a note?")).toHaveAttribute("data-status", "needs_you");
  await page.getByRole("link", { name: "Approvals" }).click();
  await page.getByRole("table", { name: "Open approvals" }).getByRole("link").first().click();
  await page.getByRole("button", { name: /^Approve, at most/ }).click();
  await page.getByRole("region", { name: "Your answer" }).getByRole("link", { name: "Open the run" }).click();
  await studio.succeeded();
});

test("what is drawn is there again after a reload, and undo takes back one edit", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Approval" }).click();
  await expect(studio.node("Approval")).toBeVisible();
  await expect(page.getByLabel("Saved state")).toContainText(/^saved/);
  await page.reload();
  await expect(studio.node("Approval")).toBeVisible();
  await page.getByRole("button", { name: "Add Branch" }).click();
  await expect(studio.node("Branch")).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(studio.node("Branch")).toHaveCount(0);
  await expect(studio.node("Approval")).toBeVisible();
});

test("a flow with nodes inside a node shows all of its nodes and each of its wires", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Paragraph by paragraph");
  await expect(studio.node("Long enough?")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Wire from/ })).toHaveCount(7);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Wire from Each paragraph results to Put together/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Wire from/ })).toHaveCount(7);
});

test("a node is dragged from the palette to where it is dropped", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page
    .getByRole("button", { name: "Add Approval" })
    .dragTo(page.getByLabel("Canvas"), { targetPosition: { x: 300, y: 420 } });
  await expect(studio.node("Approval")).toBeVisible();
});

test("a fault is named on its node, in the list of problems, and keeps Run from starting", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Long?").click();
  await page.getByLabel("Condition").fill("value >");
  await expect(page.getByLabel("Condition")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "Problems 1" })).toBeVisible();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("list", { name: "Problems", exact: true })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
