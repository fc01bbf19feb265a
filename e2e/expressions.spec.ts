import { openWithoutEditor, plainCondition } from "./fixtures/plain-field";
import { expect, test } from "./fixtures/studio";

test("an expression is completed as it is typed, by keys alone, and Tab leaves the field", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Long?").click();
  const condition = page.getByRole("textbox", { name: "Condition" });
  const list = page.getByRole("listbox", { name: "Completions" });
  await condition.fill("");
  await condition.pressSequentially("siz");
  await expect(list.getByRole("option", { name: /^size/ })).toBeVisible();
  // Escape closes the list, and only the list.
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(condition).toBeFocused();
  await page.keyboard.press("Control+Space");
  await expect(list.getByRole("option", { name: /^size/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(condition).toHaveText("size()");
  await condition.pressSequentially("val");
  await expect(list.getByRole("option", { name: /^value/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(condition).toHaveText("size(value)");
  await page.keyboard.press("End");
  await condition.pressSequentially(" > 100");
  await expect(condition).toHaveText("size(value) > 100");
  await expect(condition).not.toHaveAttribute("aria-invalid");
  await page.keyboard.press("Tab");
  await expect(condition).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(condition).toBeFocused();
});

test("an expression says what it gives, what a call takes, and where it is faulty", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Long?").click();
  const condition = page.getByRole("textbox", { name: "Condition" });
  await expect(condition).toHaveAccessibleDescription(/gives bool/);
  await condition.fill("");
  await condition.pressSequentially("value.startsWith(");
  await expect(page.getByText("Whether the text begins so.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Whether the text begins so.")).toBeHidden();
  await condition.fill("size(value)");
  await expect(condition).toHaveAttribute("aria-invalid", "true");
  await expect(condition).toHaveAccessibleDescription(/A condition answers yes or no; this one gives int/);
  await condition.fill("value.nothing > 3");
  await expect(condition.locator(".cm-fault")).toHaveText(/nothing/);
  await condition.fill("size(value) > 3");
  await expect(condition).toHaveAccessibleDescription(/gives bool/);
  await condition.getByText("value", { exact: true }).hover();
  await expect(page.getByText("value: string").first()).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(page.getByText("value: string")).toHaveCount(0);
  // The same by keys alone, and Escape puts it away.
  await condition.focus();
  await page.keyboard.press("Home");
  for (let at = 0; at < 6; at++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+i");
  await expect(page.getByText("value: string").first()).toBeVisible();
});

test("an expression says what it gives on the values of the last run, and that a dry run was simulated", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Long?").click();
  const condition = page.getByRole("textbox", { name: "Condition" });
  const now = page.getByRole("figure", { name: /^With the/ });
  await expect(condition).toHaveAccessibleDescription(/gives bool/);
  await expect(now).toHaveCount(0);

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Try without paying" }).click();
  await expect(page.getByRole("figure", { name: "With the dry run" })).toContainText("simulated");
  await page.getByRole("button", { name: "Clear from canvas" }).click();
  await expect(now).toHaveCount(0);

  await studio.run();
  await expect(page.getByRole("figure", { name: "With the run shown" })).toContainText("With the run shown: ");
  await condition.fill("size(value) > 3");
  await expect(now).toContainText("With the run shown: true");
  await condition.fill("size(value) < 3");
  await expect(now).toContainText("With the run shown: false");
  await expect(now.getByRole("link", { name: /^the run of / })).toBeVisible();
  await page.reload();
  await studio.node("Long?").click();
  await expect(page.getByRole("figure", { name: "With the last run" })).toContainText("With the last run: false");
});

test("a prompt is a text in which only what stands between double braces is completed and checked", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Model" }).click();
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  const list = page.getByRole("listbox", { name: "Completions" });
  await prompt.fill("");
  await prompt.pressSequentially("Say the value of {{ val");
  await expect(list.getByRole("option", { name: /^value/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(prompt).toHaveText("Say the value of {{ value}}");
  await prompt.fill("Say {{ nobody }} of the (value");
  await expect(prompt.locator(".cm-fault")).toHaveText("nobody");
  await expect(prompt).toHaveAccessibleDescription(/Unknown variable: nobody/);
});

test("until the editor is there one types into a plain field, and goes on where one was", async ({ studio }) => {
  const { page } = studio;
  const { condition, release } = await plainCondition(studio);
  await condition.fill("size(value) > 20");
  await page.keyboard.press("ArrowLeft");
  release();
  await expect(condition).toHaveAttribute("contenteditable", "true");
  await expect(condition).toBeFocused();
  await expect(condition).toHaveText("size(value) > 20");
  await page.keyboard.type("4");
  await expect(condition).toHaveText("size(value) > 240");
});

test("a word that is begun before the editor is there is completed when it has come", async ({ studio }) => {
  const { page } = studio;
  const { condition, release } = await plainCondition(studio);
  await condition.fill("");
  await condition.pressSequentially("siz");
  release();
  const list = page.getByRole("listbox", { name: "Completions" });
  await expect(list.getByRole("option", { name: /^size/ })).toHaveAttribute("aria-selected", "true");
  // The fault is marked where one writes, and the caret stays there.
  await expect(condition).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator(".cm-fault")).toHaveText("siz");
  await page.keyboard.type("e");
  await expect(condition).toHaveText("size");
  await page.keyboard.press("Enter");
  await expect(condition).toHaveText("size()");
});

test("where the editor cannot come, the plain field stays and is enough", async ({ studio }) => {
  const { page } = studio;
  await openWithoutEditor(studio);
  await page.route("**/_next/static/**", (route) => route.abort());
  const refused = page.waitForEvent("requestfailed");
  await studio.node("Long?").click();
  await refused;
  const condition = page.getByLabel("Condition");
  await condition.fill("value >");
  await expect(condition).toHaveAttribute("aria-invalid", "true");
  await expect(condition).toHaveValue("value >");
});

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing while an expression is written, ${colorScheme}`, async ({ studio }) => {
    const { page } = studio;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await studio.tryItNow();
    await studio.openFlow("Short or long");
    await studio.run();
    await studio.node("Long?").click();
    const condition = page.getByRole("textbox", { name: "Condition" });
    const clean = async () => expect(await studio.faults("expressions")).toEqual([]);
    await expect(page.getByRole("figure", { name: "With the run shown" })).toBeVisible();
    await clean();
    await condition.fill("");
    await condition.pressSequentially("value.");
    await expect(page.getByRole("listbox", { name: "Completions" })).toBeVisible();
    await clean();
    await page.keyboard.press("Escape");
    await condition.fill("");
    await condition.pressSequentially("size(nothing");
    await expect(condition.locator(".cm-fault")).toBeVisible();
    await expect(page.getByText("How many characters.").first()).toBeVisible();
    await clean();
  });

test("Escape closes what floats first, and only then leads from the settings back to the canvas", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Long?").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Title")).toBeFocused();
  const condition = page.getByRole("textbox", { name: "Condition" });
  await expect(condition).toHaveAttribute("contenteditable", "true");
  await page.keyboard.press("Tab");
  await expect(condition).toBeFocused();
  await page.keyboard.press("Control+Space");
  const list = page.getByRole("listbox", { name: "Completions" });
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(condition).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(studio.node("Long?")).toBeFocused();
});

test("each expression of a node knows the inputs that the node has by now, though nothing is wired yet", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await page.getByRole("button", { name: "Add Transform" }).click();
  await page.getByLabel("Inputs: input 1").fill("order");
  await page.getByRole("button", { name: "Add an input to Inputs" }).click();
  await page.getByLabel("Inputs: input 2").fill("customer");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Unknown variable: value/)).toBeVisible(); // it moves what is below it
  await page.getByRole("button", { name: "Add a value to Gives" }).click();
  const second = page.getByRole("textbox", { name: "Expression" }).nth(1);
  await second.fill("");
  await second.pressSequentially("cus");
  const list = page.getByRole("listbox", { name: "Completions" });
  await expect(list.getByRole("option", { name: /^customer/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(second).toHaveText("customer");
  await expect(second).toHaveAccessibleDescription("gives anything");
});
