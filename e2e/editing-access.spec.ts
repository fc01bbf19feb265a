import { expect, test } from "./fixtures/studio";

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing while somebody edits, ${colorScheme}`, async ({ studio }) => {
    const { page } = studio;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found: string[] = [];
    const look = async (where: string) => void found.push(...(await studio.faults(where)));
    await studio.tryItNow();
    await studio.openFlow("Short or long");
    await studio.drawable();
    await studio.node("Long?").click({ button: "right" });
    await expect(page.getByRole("menu")).toBeVisible();
    await look("menu of a node");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Search commands" })).toBeFocused();
    await look("commands");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+f");
    await page.getByLabel("Find", { exact: true }).fill("long");
    await look("find and replace");
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: /^Wire from Text/ })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Insert here" })).toBeVisible();
    await look("a wire that is selected");
    await studio.node("Long?").focus();
    await page.keyboard.press("p");
    await page.keyboard.press("Enter");
    await look("a wire on its way");
    await page.keyboard.press("Escape");
    await studio.node("Long?").focus();
    await page.keyboard.press("c");
    await expect(page.getByRole("dialog", { name: "Connect Long?" })).toBeVisible();
    await look("what it can be connected with");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("/");
    await page.keyboard.type("approval");
    await expect(page.getByText(/adds Approval/)).toBeVisible();
    await look("the palette while it is searched");
    await page.keyboard.press("Enter");
    await expect(studio.node("Approval")).toBeFocused();
    await page.getByRole("button", { name: "Open history" }).click();
    await expect(page.getByText("Add Approval").first()).toBeVisible();
    await look("the history");
    expect(found).toEqual([]);
  });
