import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { findBrowser } from "../../server/launch/browser.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * What a browser loads before the canvas can be used: scripts of the page, and scripts of its compile worker. The
 * page counts until the first node stands on the canvas and the worst case is known. Units: KiB after gzip.
 *
 * @param {string} url
 * @returns {Promise<{ canvasJsKiB: number, workerJsKiB: number, cookie: string }>}
 */
export async function pageWeight(url) {
  const found = await findBrowser();
  if ("missing" in found) throw new Error(found.missing);
  const browser = await chromium.launch({ ...(found.chromium ? { executablePath: found.chromium } : {}), args: FLAGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole("button", { name: "Try it now" }).click();
    await page.waitForURL("**/flows");
    const flow = await page.getByRole("link", { name: "Reviewed sales report" }).getAttribute("href");
    const fresh = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      storageState: await context.storageState(),
    });
    const canvas = await fresh.newPage();
    await canvas.goto(new URL(flow ?? "", url).href);
    await canvas.getByText(/worst/i).first().waitFor();
    const loaded = await canvas.evaluate(scriptsLoaded);
    const workers = canvas.workers();
    const inWorkers = (await Promise.all(workers.map((worker) => worker.evaluate(scriptsLoaded)))).flat();
    const workerScripts = [...new Set([...workers.map((worker) => worker.url()), ...inWorkers].map(withoutQuery))];
    const ofPage = [...new Set(loaded.map(withoutQuery))].filter((script) => !workerScripts.includes(script));
    const cookies = await fresh.cookies();
    return {
      canvasJsKiB: await weigh(ofPage),
      workerJsKiB: await weigh(workerScripts),
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
    };
  } finally {
    await browser.close();
  }
}

/** Runs in the page and in the worker alike. */
function scriptsLoaded() {
  return performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((name) => new URL(name).pathname.endsWith(".js"));
}

/** @param {string} address */
const withoutQuery = (address) => address.replace(/[?#].*$/, "");

/** @param {string[]} scripts */
async function weigh(scripts) {
  const sizes = await Promise.all(
    scripts
      .filter((script) => script.startsWith("http"))
      .map(async (script) => gzipSync(Buffer.from(await (await fetch(script)).arrayBuffer())).length),
  );
  return Math.round(sizes.reduce((total, size) => total + size, 0) / 102.4) / 10;
}
