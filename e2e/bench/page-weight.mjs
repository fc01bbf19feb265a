import { gzipSync } from "node:zlib";
import { launchChromium } from "../fixtures/launch-chromium.mjs";

/**
 * What a browser loads for the canvas, in KiB after gzip. First load: every script that the page's own HTML names, which
 * is what has to arrive before the canvas can be used. Worker: the compile worker and all that it imports. Later: what
 * the page fetches by itself until the worst case is known, such as panels.
 *
 * @param {string} url
 * @returns {Promise<{ canvasJsKiB: number, workerJsKiB: number, laterJsKiB: number, cookie: string }>}
 */
export async function pageWeight(url) {
  const browser = await launchChromium();
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
    const address = new URL(flow ?? "", url).href;
    await canvas.goto(address);
    await canvas.getByLabel(/^Worst case \d/).waitFor();
    await canvas.getByRole("button", { name: "Add Input" }).waitFor();
    const loaded = (await canvas.evaluate(scriptsLoaded)).map(withoutQuery);
    const workers = canvas.workers();
    const inWorkers = (await Promise.all(workers.map((worker) => worker.evaluate(scriptsLoaded)))).flat();
    const workerScripts = [...new Set([...workers.map((worker) => worker.url()), ...inWorkers].map(withoutQuery))];
    const html = await (await canvas.request.get(address)).text();
    const named = [...html.matchAll(/\/_next\/static\/[\w./~-]+\.js/g)].map(([path]) => new URL(path, url).href);
    const first = [...new Set(named)].filter((script) => loaded.includes(script)); // polyfills for old browsers are not
    const later = [...new Set(loaded)].filter((script) => !first.includes(script) && !workerScripts.includes(script));
    const cookies = await fresh.cookies();
    return {
      canvasJsKiB: await weigh(first),
      workerJsKiB: await weigh(workerScripts),
      laterJsKiB: await weigh(later),
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
