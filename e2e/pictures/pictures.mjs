// npm run pictures: every screen in light and dark, 1280 and 375 px wide, into docs/pictures, with axe on each.
// STUDIO_URL names a studio that is running; without it one is started on a fresh folder.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install } from "../../server/launch/install.mjs";
import { prepare } from "../../server/launch/prepare.mjs";
import { startStudio } from "../../server/launch/start-studio.mjs";
import { ROOT } from "../../server/launch/tree.mjs";

const WIDTHS = [1280, 375];
const THEMES = /** @type {const} */ (["light", "dark"]);

await install();
await prepare();
const { AxeBuilder } = await import("@axe-core/playwright");
const { launchChromium } = await import("../fixtures/launch-chromium.mjs");
const { signIn } = await import("../smoke/client.mjs");
const { screens } = await import("./screens.mjs");

const own = process.env.STUDIO_URL ? null : await mkdtemp(join(tmpdir(), "studio-pictures-"));
const studio = own ? await startStudio({ data: own }) : null;
const url = studio?.url ?? process.env.STUDIO_URL ?? "";
const folder = process.env.PICTURES ?? join(ROOT, "docs", "pictures");
// ONLY=canvas takes those whose name begins so.
const only = process.env.ONLY ?? "";
const browser = await launchChromium();
const violations = [];
try {
  await mkdir(folder, { recursive: true });
  const { api, cookies } = await signIn(url, "Ada");
  const all = (await screens(api)).filter(({ name }) => name.startsWith(only));
  for (const theme of THEMES)
    for (const width of WIDTHS)
      for (const screen of all.filter(({ desk }) => width > 900 || !desk))
        violations.push(...(await picture({ screen, theme, width, cookies })));
} finally {
  await browser.close();
  await studio?.stop();
  if (own) await rm(own, { recursive: true, force: true });
}
for (const line of violations) console.error(line);
console.log(`${violations.length} axe violations`);
process.exitCode = violations.length > 0 ? 1 : 0;

/**
 * @param {{ screen: import("./screens.mjs").Screen, theme: "light" | "dark", width: number, cookies: Map<string, string> }} shot
 * @returns {Promise<string[]>} what axe found
 */
async function picture({ screen, theme, width, cookies }) {
  const height = width < 600 ? 812 : 800;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    hasTouch: width < 600,
    reducedMotion: "reduce",
  });
  try {
    if (!screen.visitor) await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
    const page = await context.newPage();
    await screen.before?.(page);
    await page.goto(`${url}${screen.path}`);
    await screen.ready(page);
    if (!screen.visitor && !screen.busy && !screen.bare) await page.getByLabel(/^Account of /).waitFor();
    if (!screen.busy) await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
    await page.evaluate(() => document.fonts.ready);
    await page.waitForLoadState("load");
    const name = `${screen.name}-${theme}-${width}`;
    await page.screenshot({ path: join(folder, `${name}.png`) });
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(
      ({ id, help, nodes }) =>
        `${name}: ${id}: ${help}: ${nodes
          .map(({ target }) => target.join(" "))
          .slice(0, 3)
          .join(", ")}`,
    );
  } finally {
    await context.close();
  }
}
