import { plainCondition } from "./fixtures/plain-field";
import { expect, test } from "./fixtures/studio";

test("undo in an expression is the undo of the flow, wherever the step was made", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await studio.node("Long?").click();
  const condition = page.getByRole("textbox", { name: "Condition" });
  await expect(condition).toHaveText("size(value) > 1500");
  await condition.fill("size(value) > 1");
  await page.getByLabel("Title").fill("Longer?");
  await condition.fill("size(value) > 12");
  await condition.press("Control+z");
  await expect(condition).toHaveText("size(value) > 1");
  await condition.press("Control+z");
  await expect(page.getByLabel("Title")).toHaveValue("Long?");
  await condition.press("Control+z");
  await expect(condition).toHaveText("size(value) > 1500");
  await condition.press("Control+Shift+z");
  await expect(condition).toHaveText("size(value) > 1");
  await expect(condition).toBeFocused();
});

test("undo in the plain field, before the editor has come, is that of the flow as well", async ({ studio }) => {
  const { page } = studio;
  const { condition, release } = await plainCondition(studio);
  await condition.fill("size(value) > 1");
  await condition.press("Control+z");
  await expect(condition).toHaveValue("size(value) > 1500");
  await expect(page.getByRole("button", { name: "Redo" })).toBeEnabled();
  release();
  await expect(condition).toHaveAttribute("contenteditable", "true");
  await condition.press("Control+Shift+z");
  await expect(condition).toHaveText("size(value) > 1");
});
