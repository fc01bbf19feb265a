import { expect, type Studio, test } from "./fixtures/studio";

async function emptyFlow(studio: Studio) {
  const { page } = studio;
  await studio.tryItNow();
  await studio.newFlow("Wires");
  for (const name of ["Input", "Summariser", "Output"])
    await page.getByRole("button", { name: `Add ${name}`, exact: true }).click();
  await expect(studio.port("Output", /^Input Value/)).toBeVisible();
  await page.keyboard.press("f");
}

test("a click on an output and a click on an input draw a wire; Escape gives up", async ({ studio }) => {
  const { page } = studio;
  await emptyFlow(studio);
  await studio.port("Input", /^Output Text/).click();
  await expect(studio.port("Summariser", /^Input Text/)).toHaveAttribute("data-fits", "yes");
  await expect(studio.port("Summariser", /^Output Summary/)).toHaveAttribute("data-fits", "no");
  await page.keyboard.press("Escape");
  await expect(studio.port("Summariser", /^Input Text/)).not.toHaveAttribute("data-fits");
  await studio.port("Input", /^Output Text/).click();
  await studio.port("Summariser", /^Input Text/).click();
  await expect(page.getByRole("button", { name: /^Wire from Input .* to Summariser/ })).toHaveCount(1);
});

test("by keys alone: to the ports of a node, Enter begins, arrows choose, Enter connects", async ({ studio }) => {
  const { page } = studio;
  await emptyFlow(studio);
  await studio.node("Input").focus();
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: /^Output Text/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator('.flow-port[data-fits="yes"]:focus')).toHaveCount(1);
  // The nearest port that fits is the first; which one that is depends on where the nodes were put.
  const wanted = studio.port("Summariser", /^Input Text/);
  const fitting = await page.locator('.flow-port[data-fits="yes"]').count();
  for (let step = 0; step < fitting; step++)
    if (!(await wanted.evaluate((port) => port === document.activeElement))) await page.keyboard.press("ArrowDown");
  await expect(wanted).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Wire from Input .* to Summariser/ })).toHaveCount(1);
  await studio.node("Summariser").focus();
  await page.keyboard.press("c");
  await page.getByRole("combobox", { name: "Search", exact: true }).fill("Output · Value from Summary");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Wire from Summariser .* to Output/ })).toHaveCount(1);
});

test("a wire let go over nothing offers what fits, and a pick comes wired in one step", async ({ studio }) => {
  const { page } = studio;
  await emptyFlow(studio);
  const start = await studio.middleOf(studio.port("Summariser", /^Output Summary/));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 40, start.y + 150, { steps: 6 });
  await page.mouse.up();
  const list = page.getByRole("dialog", { name: /^Connect Summary/ });
  await expect(list.getByRole("option", { name: /^Approval/ })).toBeVisible();
  await expect(list.getByRole("option", { name: /^Note/ })).toHaveCount(0);
  await list.getByRole("combobox").fill("appro");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Wire from Summariser .* to Approval/ })).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(studio.node("Approval")).toHaveCount(0);
});

test("a port that does not take the wire says why while the wire is over it", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  await expect(page.getByRole("button", { name: "Add Note" })).toBeVisible();
  const start = await studio.middleOf(studio.node("Analyse the sales").getByLabel(/^Output Outliers/));
  const end = await studio.middleOf(studio.node("Summarise").getByLabel(/^Input Focus/));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 8 });
  await expect(page.getByText(/brings a list; .* takes a text/)).toBeVisible();
  await page.mouse.up();
});

test("a node is put into a wire: by the button on the wire, and by being let go over it", async ({ studio }) => {
  const { page } = studio;
  await emptyFlow(studio);
  await studio.port("Summariser", /^Output Summary/).click();
  await studio.port("Output", /^Input Value/).click();
  await page.getByRole("button", { name: /^Wire from Summariser/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Insert here" }).click();
  await page.getByRole("combobox").fill("approval");
  await page.getByRole("option", { name: /^Approval/ }).click();
  await expect(page.getByRole("button", { name: /^Wire from Summariser .* to Approval/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Wire from Approval .* to Output/ })).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(studio.node("Approval")).toHaveCount(0);

  await page.getByRole("button", { name: /^Wire from Summariser/ }).focus();
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: "Add Approval" })
    .dragTo(page.getByLabel("Canvas"), { targetPosition: { x: 300, y: 480 } });
  const [out, into] = [await studio.middleOf(studio.node("Summariser")), await studio.middleOf(studio.node("Output"))];
  const gate = await studio.middleOf(studio.node("Approval"));
  await page.mouse.move(gate.x, gate.y);
  await page.mouse.down();
  await page.mouse.move((out.x + into.x) / 2, (out.y + into.y) / 2, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByRole("button", { name: /^Wire from Summariser .* to Approval/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Wire from Approval .* to Output/ })).toHaveCount(1);
});

test("the end of a wire is dragged to another port", async ({ studio }) => {
  const { page } = studio;
  await emptyFlow(studio);
  await page.getByRole("button", { name: "Add Approval" }).click();
  await page.keyboard.press("f");
  await studio.port("Summariser", /^Output Summary/).click();
  await studio.port("Output", /^Input Value/).click();
  await page.getByRole("button", { name: /^Wire from Summariser/ }).focus();
  await page.keyboard.press("Enter");
  const end = page.locator(".react-flow__edgeupdater-target");
  const to = await studio.middleOf(studio.port("Approval", /^Input/));
  const from = await studio.middleOf(end);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByRole("button", { name: /^Wire from Summariser .* to Approval/ })).toHaveCount(1);
  await expect(studio.wires()).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Undo" })).toBeEnabled();
});
