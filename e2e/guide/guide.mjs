// npm run guide: does what the README's ten steps say and takes the picture of each, into docs/pictures.
// STUDIO_URL names a studio that is running; without it one is started on a fresh folder.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install } from "../../server/launch/install.mjs";
import { prepare } from "../../server/launch/prepare.mjs";
import { startStudio } from "../../server/launch/start-studio.mjs";
import { ROOT } from "../../server/launch/tree.mjs";

await install();
await prepare();
const { expect } = await import("@playwright/test");
const { launchChromium } = await import("../fixtures/launch-chromium.mjs");
const { signIn } = await import("../smoke/client.mjs");
const { follow } = await import("./follow.mjs");
const { readSteps } = await import("./read-steps.mjs");

const steps = readSteps(await readFile(join(ROOT, "README.md"), "utf8"), "Ten steps to a flow of your own");
const own = process.env.STUDIO_URL ? null : await mkdtemp(join(tmpdir(), "studio-guide-"));
const studio = own ? await startStudio({ data: own }) : null;
const url = studio?.url ?? process.env.STUDIO_URL ?? "";
const folder = process.env.PICTURES ?? join(ROOT, "docs", "pictures");
const browser = await launchChromium();
try {
  const { cookies } = await signIn(url, "Ada");
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  const page = await context.newPage();
  await page.goto(`${url}/flows`);
  for (const [place, deeds] of steps.entries()) {
    for (const deed of deeds) await follow(page, deed);
    const saved = page.getByLabel("Saved state");
    if (await saved.isVisible()) await expect(saved).toContainText(/^saved/);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `guide-${String(place + 1).padStart(2, "0")}.png`) });
  }
  console.log(`${steps.length} steps, each as the README says`);
} finally {
  await browser.close();
  await studio?.stop();
  if (own) await rm(own, { recursive: true, force: true });
}
