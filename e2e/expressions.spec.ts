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
