import { expect } from "@playwright/test";

/** @typedef {import("@playwright/test").Page} Page @typedef {import("@playwright/test").Locator} Locator */
/** @typedef {import("./read-steps.mjs").Deed} Deed @typedef {import("./read-steps.mjs").Port} Port */

/**
 * Does one thing of the guide as a person does, by mouse and keyboard, with nothing but the names that are read out.
 *
 * @param {Page} page
 * @param {Deed} deed
 */
export async function follow(page, deed) {
  switch (deed.do) {
    case "press":
      return press(page, deed.name);
    case "type":
      return (await field(page, deed.into)).fill(deed.text);
    case "choose":
      return void (await (await field(page, deed.in)).selectOption(deed.name));
    case "use":
      return (await field(page, `File for ${deed.for}`)).setInputFiles(deed.file);
    case "wire":
      return drag(page, port(page, deed.from), await middleOf(port(page, deed.to)));
    case "grow":
      return grow(page, deed);
    default:
      return expect(page.getByText(deed.text, { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  }
}

/** A press is over when what was pressed can be pressed again, or is gone. @param {Page} page @param {string} name */
async function press(page, name) {
  const named = { name, exact: true };
  const button = page.getByRole("button", named).or(page.getByRole("link", named)).first();
  await button.click({ timeout: 30_000 });
  await expect(button.and(page.getByRole("button", { disabled: true }))).toHaveCount(0);
}

/** In the inspector, else anywhere. @param {Page} page @param {string} label */
async function field(page, label) {
  const anywhere = page.getByLabel(label, { exact: true });
  await anywhere.first().waitFor({ state: "attached" });
  const inspector = page.getByRole("complementary", { name: "Inspector" }).getByLabel(label, { exact: true });
  return (await inspector.count()) > 0 ? inspector.first() : anywhere.first();
}

/** A port is called “Output Text, text”: what it carries need not be said. @param {Page} page @param {Port} end */
function port(page, { port: name, node }) {
  const words = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return page.getByRole("group", { name: node, exact: true }).getByLabel(new RegExp(`^${words}, `));
}

/** @param {Page} page @param {Locator} from @param {{ x: number, y: number }} end */
async function drag(page, from, end) {
  await from.hover();
  const start = await middleOf(from);
  await page.mouse.down();
  await page.mouse.move(start.x + 4, start.y);
  await page.mouse.move(end.x, end.y, { steps: 8 });
  await page.mouse.up();
}

/** Lets a wire go over nothing and picks what comes there. @param {Page} page @param {Extract<Deed, { do: "grow" }>} deed */
async function grow(page, { from, pick }) {
  const start = port(page, from);
  await start.hover();
  await drag(page, start, await nothing(page, await middleOf(start)));
  const list = page.getByRole("listbox", { name: "What comes here" });
  await page.getByRole("combobox", { name: "What comes here" }).fill(pick);
  await list
    .getByRole("option", { name: new RegExp(`^${pick}\\b`) })
    .first()
    .click();
  await expect(list).toHaveCount(0);
}

const ROOM = { width: 240, height: 150 };
const STEP = 40;

/** The place on the canvas nearest to a point that has room for a node. @param {Page} page @param {{ x: number, y: number }} start */
async function nothing(page, start) {
  const canvas = await boxOf(page.getByRole("application", { name: "Canvas" }));
  const drawn = await Promise.all((await page.getByRole("group").all()).map((node) => node.boundingBox()));
  const map = await page.getByRole("img", { name: "Map of the flow" }).boundingBox();
  const taken = [...drawn, map].filter((box) => box !== null);
  const places = [];
  for (let x = canvas.x + STEP; x < canvas.x + canvas.width - ROOM.width; x += STEP)
    for (let y = canvas.y + STEP; y < canvas.y + canvas.height - ROOM.height; y += STEP) places.push({ x, y });
  const free = places.filter(({ x, y }) =>
    taken.every(
      (box) =>
        x + ROOM.width < box.x ||
        box.x + box.width + STEP < x ||
        y + ROOM.height / 2 < box.y ||
        box.y + box.height + STEP + ROOM.height / 2 < y,
    ),
  );
  const far = (/** @type {{ x: number, y: number }} */ { x, y }) => Math.hypot(x - start.x - STEP, y - start.y);
  const [best] = free.sort((a, b) => far(a) - far(b));
  if (!best) throw new Error("there is no free place on the canvas");
  return best;
}

/** @param {Locator} found */
async function boxOf(found) {
  const box = await found.boundingBox();
  if (!box) throw new Error(`not on the screen: ${found}`);
  return box;
}

/** @param {Locator} found */
async function middleOf(found) {
  const { x, y, width, height } = await boxOf(found);
  return { x: x + width / 2, y: y + height / 2 };
}
