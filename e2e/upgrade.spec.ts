import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { register } from "./fixtures/registry";
import { expect, test } from "./fixtures/studio";

const inspectorOf = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const TEXT = { type: "string" };

/** An agent of this test alone, in one version. */
const clipper = (name: string, version: string) => ({
  agent: `clipping-works/${name}@${version}`,
  title: `Clipper ${name}`,
  description: "Clips a text.",
  capabilities: [],
  effect: "keyed" as const,
  price: { currency: "microcredits", amount: "200000" },
  deadlineMs: 60_000,
  input: { type: "object" as const, properties: { text: TEXT }, required: ["text"] },
  output: { type: "object" as const, properties: { clipped: TEXT }, required: ["clipped"] },
  sends: ["The text"],
});

test("an agent is upgraded after its terms, the meaning for a run and what would be wrong were shown; one undo takes it back", async ({
  studio,
}) => {
  const { page } = studio;
  const name = `upgrade-${Date.now()}`;
  await register(clipper(name, "1.0.0"));
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  const inspector = inspectorOf(page);
  await page.getByLabel("Search the palette").fill(name); // the palette shows the studio's own agents; others are found
  for (const title of [`Clipper ${name}`, `Clipper ${name} 2`]) {
    await page.getByRole("button", { name: `Add Clipper ${name}` }).click();
    await expect(studio.node(title)).toBeVisible();
    await inspector.getByLabel("text from").selectOption({ label: "Text · Text" });
  }
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();
  await expect(inspector.getByText(/is out/)).toHaveCount(0);

  await register({
    ...clipper(name, "1.10.0"),
    price: { currency: "microcredits", amount: "350000" },
    sends: ["The text", "The account that pays"],
    input: { type: "object", properties: { text: TEXT, tone: TEXT }, required: ["text", "tone"] },
  });
  await page.reload();
  await studio.node(`Clipper ${name}`).click();
  await expect(inspector.getByText("pinned to 1.0.0. Version 1.10.0 is out.")).toBeVisible();
  await inspector.getByRole("button", { name: "Upgrade to 1.10.0" }).click();
  const dialog = page.getByRole("dialog", { name: "Upgrade to 1.10.0" });
  const declared = dialog.getByRole("region", { name: "What it declares" });
  await expect(declared).toContainText("Price: 0.20 credits a call, now 0.35 credits a call");
  await expect(declared).toContainText("Leaves now: The account that pays");
  await expect(declared).toContainText("Input tone is new, and required");
  const problems = dialog.getByRole("region", { name: "Problems afterwards" });
  await expect(problems.getByRole("listitem")).toHaveCount(1);
  await dialog.getByRole("switch", { name: "All 2 nodes of this agent" }).check();
  await expect(problems.getByRole("listitem")).toHaveCount(2);
  expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);

  await dialog.getByRole("button", { name: "Upgrade to 1.10.0" }).click();
  await expect(inspector.getByRole("button", { name: /^Agent: .* 1\.10\.0$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Problems 2" })).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();
  await expect(inspector.getByRole("button", { name: /^Agent: .* 1\.0\.0$/ })).toBeVisible();
});

test("an upgrade that compiles says what it means for a run, money first", async ({ studio }) => {
  const { page } = studio;
  const name = `dearer-${Date.now()}`;
  await register(clipper(name, "1.0.0"));
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  const inspector = inspectorOf(page);
  await page.getByLabel("Search the palette").fill(name);
  await page.getByRole("button", { name: `Add Clipper ${name}` }).click();
  await inspector.getByLabel("text from").selectOption({ label: "Text · Text" });
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();
  await register({ ...clipper(name, "2.0.0"), price: { currency: "microcredits", amount: "900000" } });
  await page.reload();
  await studio.node(`Clipper ${name}`).click();
  await inspector.getByRole("button", { name: "Upgrade to 2.0.0" }).click();
  const dialog = page.getByRole("dialog", { name: "Upgrade to 2.0.0" });
  await expect(dialog.getByRole("region", { name: "Money" })).toContainText(
    /Worst case rises from 0.60 credits to 1.30 credits/,
  );
  await dialog.getByRole("button", { name: "Keep this version" }).click();
  await expect(page.getByRole("button", { name: "Problems 0" })).toBeVisible();
});
