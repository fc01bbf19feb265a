import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/studio";

const inspectorOf = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const undo = (page: Page) => page.getByRole("button", { name: /^Undo/ }).click();

/** Every kind that is set by hand, as the palette names it. */
const KINDS = [
  ...[
    "Input",
    "Output",
    "Transform",
    "Sub-flow",
    "Branch",
    "Switch",
    "Guard",
    "Map",
    "Loop",
    "Try",
    "Parallel",
    "Join",
  ],
  ...["Wait", "Approval", "Pay", "Model", "Manual start", "Schedule", "Webhook", "Event", "Note", "Group"],
];

test("every kind has its settings, each with a label, and axe finds nothing in them", async ({ studio }) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await studio.tryItNow();
  await page.getByRole("button", { name: "New flow" }).click();
  await page.getByRole("dialog").getByLabel(/name/i).fill("All kinds");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Create/ })
    .click();
  await expect(page).toHaveURL(/\/flows\/.+/);
  const inspector = inspectorOf(page);
  const found: string[] = [];
  for (const kind of KINDS) {
    await page.getByRole("button", { name: `Add ${kind}`, exact: true }).click();
    await expect(inspector.getByLabel("Title").first()).toHaveValue(kind);
    await expect(inspector.getByText("Loading the settings")).toHaveCount(0);
    found.push(...(await studio.faults(kind, 'aside[aria-label="Inspector"]')));
    await page.keyboard.press("Escape");
  }
  expect(found).toEqual([]);
});

test("a default is shown, can be changed, and comes back", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Approval" }).click();
  const time = page.getByRole("spinbutton", { name: "Time to answer" });
  await expect(time).toHaveValue("1");
  await time.fill("3");
  await page.getByRole("button", { name: "Back to default for Time to answer" }).click();
  await expect(time).toHaveValue("1");
  await undo(page);
  await expect(time).toHaveValue("3");
});

test("what a schema refuses is said at its field before anything is compiled", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Map" }).click();
  const most = page.getByRole("spinbutton", { name: "At most, items" });
  await most.fill("0");
  await expect(most).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("At least 1.")).toBeVisible();
  await most.fill("20000");
  await expect(page.getByText("At most 10000.")).toBeVisible();
  await most.fill("12");
  await expect(page.getByText("At most 10000.")).toHaveCount(0);
});

test("a guard is one of its forms: what two of them share stays when the form changes", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Guard" }).click();
  const inspector = inspectorOf(page);
  await inspector.getByLabel("Words: word 1").fill("secret plan");
  await inspector.getByRole("button", { name: "Add a word to Words" }).click();
  await inspector.getByLabel("Words: word 2").fill("budget");
  await inspector.getByRole("button", { name: "Move word 2 up" }).click();
  await expect(inspector.getByLabel("Words: word 1")).toHaveValue("budget");
  await inspector.getByLabel("Words: word 1").fill("");
  await expect(inspector.getByLabel("Words: word 1")).toHaveAccessibleDescription(/./);
  await inspector.getByLabel("Words: word 1").fill("budget");

  await inspector.getByLabel("What does not pass").selectOption("Is shown to people first");
  await expect(inspector.getByLabel("Question")).toHaveValue("May this go on?");
  await expect(inspector.getByLabel("Words: word 2")).toHaveValue("secret plan");

  await inspector.getByLabel("Lets through what").selectOption("makes a condition hold");
  await inspector.getByLabel("Condition").fill("value >");
  await expect(inspector.getByLabel("Condition")).toHaveAttribute("aria-invalid", "true");
  await undo(page);
  await undo(page);
  await expect(inspector.getByLabel("Words: word 1")).toHaveValue("budget");
});

test("a field of a form and a case of a switch keep their wires under another name, in one step", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  const inspector = inspectorOf(page);
  const wires = page.getByRole("button", { name: /^Wire from Text / });
  const before = await wires.count();
  await studio.node("Text").click();
  await inspector.getByLabel("Name", { exact: true }).fill("article");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Wire from Text article/ })).toHaveCount(before);
  await undo(page);
  await expect(page.getByRole("button", { name: /^Wire from Text text/ })).toHaveCount(before);

  await inspector.getByRole("button", { name: "Add a field" }).click();
  await inspector.getByLabel("Name", { exact: true }).nth(1).fill("text");
  await expect(inspector.getByText("Another field has this name.")).toBeVisible();
});

test("a schema is edited as fields or as it stands", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Webhook" }).click();
  const inspector = inspectorOf(page);
  await inspector.getByRole("button", { name: "Add a field" }).click();
  await inspector.getByLabel("Type").nth(1).selectOption("Whole number");
  await inspector.getByRole("button", { name: "Edit as JSON" }).click();
  await expect(inspector.getByLabel("JSON Schema")).toHaveValue(/"type": "integer"/);
  await inspector.getByLabel("JSON Schema").fill('{"type": "object", "properties": {"order": {"enum": [1, 2]}}}');
  await inspector.getByRole("button", { name: "Edit as fields" }).click();
  await expect(inspector.getByLabel("Type")).toHaveValue("other");
});

test("an agent is chosen from a list that says what it costs, how long it takes and what leaves", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Summariser" }).click();
  const inspector = inspectorOf(page);
  await inspector.getByRole("button", { name: /^Agent: Summariser/ }).press("Enter");
  const list = page.getByRole("dialog", { name: "Choose an agent" });
  const analyst = list.getByRole("option", { name: /Spreadsheet analyst/i });
  await expect(analyst).toContainText(/credits/);
  await expect(analyst).toContainText(/the studio itself/);
  await expect(analyst).toContainText(/Leaves: /);
  await expect(analyst).toContainText(/not called yet|typical of \d+ call/);
  expect(await studio.faults("choosing an agent", "[role=dialog]")).toEqual([]);

  await page.getByRole("combobox", { name: "Agents" }).fill("spreadsheet");
  await expect(list.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(list).toHaveCount(0);
  await expect(inspector.getByRole("button", { name: /^Agent: Spreadsheet analyst/i })).toBeFocused();
  await undo(page);
  await expect(inspector.getByRole("button", { name: /^Agent: Summariser/ })).toBeVisible();
});

test("the time of a call is measured from calls that delivered", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.run();
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(page.getByText("Succeeded").first()).toBeVisible();
  await expect(async () => {
    await page.goto("/flows");
    await studio.openFlow("Short or long");
    await page.getByRole("button", { name: "Add Summariser" }).click();
    await expect(inspectorOf(page).getByText(/typical of \d+ call/)).toBeVisible({ timeout: 3_000 });
  }).toPass();
});

test("several nodes are put in order from the inspector", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Six sentences").click();
  await studio.node("Two sentences").click({ modifiers: ["Shift"] });
  const arrange = inspectorOf(page).getByRole("toolbar", { name: "Arrange" });
  await expect(arrange.getByRole("button", { name: "Distribute vertically" })).toHaveAttribute("aria-disabled", "true");
  await arrange.getByRole("button", { name: "Align top" }).click();
  const topOf = async (node: string) => (await studio.node(node).boundingBox())?.y;
  await expect.poll(async () => (await topOf("Six sentences")) === (await topOf("Two sentences"))).toBe(true);
  await undo(page);
  await expect.poll(async () => (await topOf("Six sentences")) === (await topOf("Two sentences"))).toBe(false);
});

test("a sub-flow is chosen among one's flows, compiles, and says when its flow is drawn otherwise", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Outlier watch");
  const inspector = inspectorOf(page);
  await page.getByRole("button", { name: "Add Sub-flow" }).click();
  await inspector.getByRole("button", { name: "Choose a flow" }).click();
  await page.getByRole("combobox", { name: "Flows" }).fill("short or long");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: /^As it is now/ })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Revisions" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(inspector.getByLabel("Name", { exact: true })).toHaveValue("Short or long");
  await expect(inspector.getByRole("group", { name: "Gives" })).toContainText("long summary");
  await expect(inspector.getByLabel("Text from")).toBeVisible();
  await expect(page.getByText(/flow_|not at hand/)).toHaveCount(0);
  await expect(page.getByLabel("Saved state")).toContainText(/^saved/);

  await page.goto("/flows");
  await studio.openFlow("Short or long");
  await studio.node("Long?").click();
  await page.getByLabel("Condition").fill("size(value) > 900");
  await expect(page.getByLabel("Saved state")).toContainText(/^saved/);
  await page.goto("/flows");
  await page.getByRole("link", { name: "Outlier watch" }).click();
  await studio.node("Sub-flow").click();
  await inspector.getByRole("button", { name: /^Upgrade to revision/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Upgrade to revision/ });
  await expect(dialog.getByText("It declares the same.")).toBeVisible();
  await dialog.getByRole("button", { name: /^Upgrade to revision/ }).click();
  await expect(inspector.getByRole("button", { name: /^Upgrade to revision/ })).toHaveCount(0);
});
