import { canvasFlow } from "../bench/canvas-flow.mjs";

/** @typedef {import("./screens.mjs").Screen} Screen @typedef {import("./screens.mjs").Api} Api @typedef {import("@playwright/test").Page} Page */

/**
 * The states of the canvas and of what opens under it and over it. `flows` are those that a new account begins with.
 *
 * @param {Api} api
 * @param {{ reviewed: string, waiting: string }} shown
 * @returns {Promise<Screen[]>}
 */
export async function canvasScreens(api, { reviewed, waiting }) {
  const large = await api.flows.create.mutate({
    name: "Two hundred nodes",
    document: /** @type {any} */ (canvasFlow(200)),
  });
  const running = await api.flows.create.mutate({ name: "Every step of it", document: RUNNING });
  await start(api, running.flow);
  const edited = await api.flows.create.mutate({ name: "Edited", document: RUNNING });
  const path = `/flows/${reviewed}`;
  return [
    { name: "canvas-loading", path, busy: true, before: workers("stay silent"), ready: loading },
    {
      name: "canvas-missing",
      path: "/flows/nowhere",
      bare: true,
      ready: (page) => page.getByRole("heading").first().waitFor(),
    },
    {
      name: "canvas-without-compiler",
      path,
      before: workers("fail"),
      ready: (page) => page.getByText("compiler_not_loaded").waitFor(),
    },
    { name: "canvas-offline", path: `/flows/${edited.flow}`, desk: true, ready: offline },
    {
      name: "canvas-200",
      path: `/flows/${large.flow}`,
      ready: (page) =>
        page
          .getByText("start")
          .or(page.getByRole("button", { name: "Add Input" }))
          .first()
          .waitFor(),
    },
    { name: "canvas-running", path: `/flows/${running.flow}`, ready: showRun },
    { name: "panel-history", path: `/flows/${edited.flow}`, desk: true, ready: history },
    { name: "panel-outline", path, desk: true, ready: opened("Open outline", "Outline of the flow") },
    { name: "panel-money", path, desk: true, ready: opened("Open money path", "Payments") },
    { name: "commands", path, desk: true, ready: commands },
    { name: "connect", path, desk: true, ready: connect },
    { name: "dry-run", path, ready: dryRun },
    { name: "looking-back", path: `/flows/${waiting}`, desk: true, ready: lookBack },
  ];
}

/** @param {"stay silent" | "fail"} how @returns {(page: Page) => Promise<void>} */
function workers(how) {
  return async (page) => {
    await page.addInitScript((fails) => {
      window.Worker = /** @type {any} */ (
        class {
          postMessage() {
            if (fails) this.onerror?.();
          }
          terminate() {}
          /** @type {(() => void) | undefined} */
          onerror;
        }
      );
    }, how === "fail");
  };
}

/** @param {Page} page */
const loading = (page) =>
  page.getByRole("status").filter({ hasText: "Loading the flow" }).first().waitFor({ state: "attached" });
/** @param {Page} page */
const drawn = (page) => page.getByRole("button", { name: "Add Input" }).waitFor();

/** @param {Page} page */
async function offline(page) {
  await drawn(page);
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Add Note" }).click();
  await page.getByText(/kept here/).waitFor();
}

/** @param {Page} page */
async function showRun(page) {
  await page.getByText("One hour").first().waitFor();
  const show = page.getByRole("button", { name: "Open run" });
  if (await show.isVisible()) await show.click();
  const last = page.getByRole("button", { name: "Show the last run" });
  await last.or(page.getByText("One hour").first()).first().waitFor();
  if (await last.isVisible()) await last.click();
}

/** @param {Page} page */
async function history(page) {
  await drawn(page);
  if ((await page.getByRole("group", { name: "Approval", exact: true }).count()) === 0) {
    await page.getByRole("button", { name: "Add Approval" }).click();
    await page.getByRole("button", { name: "Add Wait" }).click();
  }
  await page.getByRole("button", { name: "Open history" }).click();
  await page.getByText("Add Approval").first().waitFor();
}

/** @param {string} button @param {string} what @returns {(page: Page) => Promise<void>} */
function opened(button, what) {
  return async (page) => {
    await drawn(page);
    await page.getByRole("button", { name: button }).click();
    await page
      .getByRole("tree", { name: what })
      .or(page.getByRole("table", { name: what }))
      .waitFor();
  };
}

/** @param {Page} page */
async function commands(page) {
  await drawn(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search commands" }).waitFor();
}

/** @param {Page} page */
async function connect(page) {
  await drawn(page);
  await page.getByRole("group", { name: "Review", exact: true }).focus();
  await page.keyboard.press("c");
  await page.getByRole("option").first().waitFor();
}

/** @param {Page} page */
async function dryRun(page) {
  await page.getByText("1.00 credits").first().waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Try without paying" }).click();
  await page.getByText("Dry run, simulated").waitFor();
}

/** @param {Page} page */
async function lookBack(page) {
  await drawn(page);
  await page.getByRole("button", { name: "Open run" }).click();
  const last = page.getByRole("button", { name: "Show the last run" });
  const journal = page.getByRole("slider", { name: "Journal" });
  await last.or(journal).first().waitFor();
  if (await last.isVisible()) await last.click();
  await back(page);
}

/** @param {Page} page */
async function back(page) {
  const journal = page.getByRole("slider", { name: "Journal" });
  await journal.waitFor();
  await journal.press("Home");
  for (let press = 0; press < 3; press++) await page.getByRole("button", { name: "Event after" }).click();
}

/** @param {Api} api @param {any} flow */
async function start(api, flow) {
  const agreed = await api.flows.plan.query({ flow });
  const run = /** @type {any} */ (crypto.randomUUID());
  const input = /** @type {any} */ (agreed.defaults);
  await api.runs.start.mutate({ flow, run, plan: agreed.hash, currency: "trial_microcredits", input });
  for (let look = 0; look < 300; look++) {
    const { steps } = await api.runs.get.query({ run });
    if (steps.some(({ status }) => status === "done")) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`run ${run} does not begin`);
}

const TEXT = {
  type: "string",
  title: "Text",
  format: "text",
  default: "Ledgers keep two sides. Each answers the other.",
};
const AGENT = "studio/summariser@1.0.0";

/** One step is done, one takes an hour, and one waits for it. @type {any} */
const RUNNING = {
  version: 2,
  nodes: [
    {
      id: "in",
      kind: "input",
      title: "Text",
      settings: { schema: { type: "object", properties: { text: TEXT }, required: ["text"] } },
    },
    { id: "sum", kind: "agent", title: "Summarise", settings: { agent: AGENT } },
    { id: "hour", kind: "wait", title: "One hour", settings: { for: 3_600_000 } },
    { id: "head", kind: "agent", title: "Headline", settings: { agent: AGENT, inputs: { sentences: 1 } } },
    { id: "out", kind: "output", title: "Result", settings: { name: "result" } },
  ],
  wires: [
    { from: { node: "in", output: "text" }, to: { node: "sum", input: "text" } },
    { from: { node: "sum", output: "summary" }, to: { node: "hour", input: "value" } },
    { from: { node: "hour", output: "value" }, to: { node: "head", input: "text" } },
    { from: { node: "head", output: "summary" }, to: { node: "out", input: "value" } },
  ],
  layout: {
    in: { x: 0, y: 0 },
    sum: { x: 300, y: 0 },
    hour: { x: 600, y: 0 },
    head: { x: 900, y: 0 },
    out: { x: 1200, y: 0 },
  },
};
