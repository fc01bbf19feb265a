import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/studio";

const file = (name: string, text: string) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
/** Chooses a file as a person does. The button answers once the page is alive, so the press is repeated until it does. */
async function choose(page: Page, name: string, text: string) {
  await expect(async () => {
    const chooser = page.waitForEvent("filechooser", { timeout: 1_000 });
    await page.getByRole("button", { name: "Import" }).click();
    await (await chooser).setFiles(file(name, text));
  }).toPass();
}

async function downloaded(page: Page, press: () => Promise<void>) {
  const download = page.waitForEvent("download");
  await press();
  const saved = await download;
  return { name: saved.suggestedFilename(), text: readFileSync(await saved.path(), "utf8") };
}

test("a flow is exported from the canvas and from the list, and imported again as it was", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Reviewed sales report");
  const fromCanvas = await downloaded(page, () => page.getByRole("button", { name: "Export flow" }).click());
  expect(fromCanvas.name).toBe("Reviewed sales report.flow.json");
  expect(JSON.parse(fromCanvas.text)).toMatchObject({ version: 2, layout: {} });

  await page.goto("/flows");
  const fromList = await downloaded(page, async () => {
    await page.getByRole("button", { name: "Actions on Reviewed sales report" }).click();
    await page.getByRole("menuitem", { name: "Export" }).click();
  });
  expect(fromList).toEqual(fromCanvas);

  await choose(page, "Twice as good.flow.json", fromCanvas.text);
  await expect(page).toHaveURL(/\/flows\/.+/);
  await expect(page.getByRole("button", { name: "Rename Twice as good" })).toBeVisible();
  await expect(studio.bound()).toHaveAccessibleName(/1\.00 credits/);
  const again = await downloaded(page, () => page.getByRole("button", { name: "Export flow" }).click());
  expect(again).toEqual({ name: "Twice as good.flow.json", text: fromCanvas.text });
});

test("a file of version 1 opens, and what the canvas has not saved yet is exported too", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  const node = { id: "a", kind: "output", title: "Answer", settings: { name: "answer" } };
  await choose(page, "old.flow.json", JSON.stringify({ version: 1, nodes: [node], wires: [], layout: {} }));
  await expect(page).toHaveURL(/\/flows\/.+/);
  await expect(studio.node("Answer")).toBeVisible();
  await expect(page.getByText("was brought up to date")).toBeVisible();
  await page.route(/flows[.]save/, (save) => save.abort());
  await page.getByRole("button", { name: "Add Approval" }).click();
  await expect(studio.node("Approval")).toBeVisible();
  const { text } = await downloaded(page, () => page.getByRole("button", { name: "Export flow" }).click());
  expect(JSON.parse(text)).toMatchObject({ version: 2, nodes: [node, { kind: "approval" }] });
});

test("a hostile file is refused in words, and nothing is made of it", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  const flows = await page.getByRole("row").count();
  const hostile = {
    "deep.flow.json": { text: `{"version":2,"nodes":${"[".repeat(100_000)}`, says: /more than 64 levels/ },
    "proto.flow.json": { text: '{"version":2,"__proto__":{"admin":true}}', says: /"__proto__" is not allowed/ },
    "cut.flow.json": { text: '{\n  "version": 2,', says: /not JSON at line 2, column 16/ },
    "new.flow.json": { text: '{"version":9}', says: /version 9 of the format/ },
    "large.flow.json": { text: " ".repeat(5_000_001), says: /larger than 5 MB/ },
  };
  for (const [name, { text, says }] of Object.entries(hostile)) {
    await choose(page, name, text);
    const dialog = page.getByRole("dialog", { name: "Nothing was imported" });
    await expect(dialog).toContainText(name);
    await expect(dialog.getByRole("list", { name: "What is wrong with the file" })).toContainText(says);
    if (name === "proto.flow.json") {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await expect(dialog).toHaveCount(0);
  }
  expect(await page.getByRole("row").count()).toBe(flows);
  expect(await page.evaluate(() => "admin" in {})).toBe(false);
});

test("regression 30: opening or importing a hostile flow makes no network call", async ({ studio, baseURL }) => {
  const { page } = studio;
  const asked: string[] = [];
  const trap = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((listening) => trap.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${baseURL}/`) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  try {
    await studio.tryItNow();
    await choose(page, "calls home.flow.json", JSON.stringify(callingHome(address)));
    await expect(page).toHaveURL(/\/flows\/.+/);
    await expect(page.getByRole("button", { name: /^Problems [1-9]/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("button", { name: /^Problems [1-9]/ })).toBeVisible();
    await page.getByRole("group", { name: /form/ }).first().click();
    await page.goto("/flows");
    await expect(page.getByRole("link", { name: "calls home" })).toBeVisible();
    expect({ asked, elsewhere }).toEqual({ asked: [], elsewhere: [] });
  } finally {
    await new Promise((closed) => trap.close(closed));
  }
});

/** A flow with an address in every place where one might be followed. */
function callingHome(address: string) {
  const node = (id: string, kind: string, settings: object) => ({
    ...{ id, kind, settings },
    title: `<img src="${address}/${id}"> ${id}`.slice(0, 80),
  });
  const schema = {
    $schema: `${address}/meta`,
    $ref: `${address}/ref`,
    type: "object",
    properties: { picture: { $ref: `${address}/property`, default: `${address}/default` } },
  };
  const nodes = [
    node("form", "input", { schema }),
    node("hook", "webhook", { schema }),
    node("agent", "agent", { agent: `${address}/agent`, cap: { currency: "microcredits", amount: "1" }, inputs: {} }),
    node("model", "model", { model: `${address}/model`, prompt: `![x](${address}/prompt) {{ "${address}" }}` }),
    node("flow", "subflow", { flow: "0".repeat(64), name: `${address}/flow`, input: schema, outputs: { a: schema } }),
    node("odd", `${address}`.slice(0, 40), { url: address, href: address, src: address }),
    node("note", "note", { text: `<iframe src="${address}/note"></iframe> ![](${address}/image)` }),
  ];
  const wires = [
    { from: { node: "form", output: "picture" }, to: { node: "model", input: `${address}`.slice(0, 60) } },
  ];
  const layout = Object.fromEntries(nodes.map(({ id }, place) => [id, { x: 0, y: place * 160 }]));
  return { version: 2, nodes, wires, layout, flows: { ["0".repeat(64)]: { nodes, wires } } };
}
