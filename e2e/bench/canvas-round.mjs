import { percentile } from "./medians.mjs";

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {ReturnType<typeof import("./canvas-flow.mjs").canvasFlow>} Drawing */

const VIEWPORT = { width: 1280, height: 800 };
const STROKES = 6;
const MOVES = 100;
const MOVE_MS = 8;
const STEP_PX = 9;

/**
 * Opens one flow in a browser that has never seen it, and uses it as a hand with a mouse does.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {{ url: string, flow: string, cookies: Map<string, string>, drawing: Drawing }} where
 */
export async function canvasRound(browser, { url, flow, cookies, drawing }) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  await context.addInitScript(watchSelection);
  const page = await context.newPage();
  const crashed = new Promise((_, fail) => page.once("crash", () => fail(new Error(`${flow} crashed its tab`))));
  return Promise.race([
    figuresOf(page, new URL(`/flows/${flow}`, url).href, drawing),
    /** @type {Promise<never>} */ (crashed),
  ]);
}

/** @param {Page} page @param {string} address @param {Drawing} drawing */
async function figuresOf(page, address, drawing) {
  const interactiveMs = await untilSelected(page, address, drawing);
  await page.keyboard.press("Escape");
  await page.getByLabel(/^Worst case \d/).waitFor();
  await page.getByRole("button", { name: "Add Input" }).waitFor();
  const wholeNodes = await countNodes(page);
  const fitPan = await framesWhile(page, () => panned(page, drawing));
  await zoomToLife(page, drawing);
  const nearNodes = await countNodes(page);
  const pan = await framesWhile(page, () => panned(page, drawing));
  const drag = await framesWhile(page, () => dragged(page, drawing));
  return {
    interactiveMs: Math.round(interactiveMs),
    panP95Ms: p95(pan),
    dragP95Ms: p95(drag),
    fitPanP95Ms: p95(fitPan),
    domNodes: Math.max(wholeNodes, nearNodes),
    heapMb: await heapOf(page),
  };
}

/** In the page, before anything else of it: notes when a node is first seen selected. */
function watchSelection() {
  const look = () => {
    if (document.querySelector(".react-flow__node.selected")) Object.assign(window, { selectedAt: performance.now() });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * Clicks where a node is until one is selected: milliseconds since the navigation.
 *
 * @param {Page} page @param {string} address @param {Drawing} drawing
 */
async function untilSelected(page, address, drawing) {
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector(".react-flow__node", { state: "attached" });
  for (;;) {
    const place = await placeOf(page, drawing, "node");
    if (place) await page.mouse.click(place.x, place.y);
    const at = await page.evaluate(() => /** @type {any} */ (window).selectedAt);
    if (typeof at === "number") return at;
  }
}

/**
 * A place on the screen that is nearest to the middle: on a node, or with `ground` on none. It is worked out from the
 * drawing, because far out a node need not be an element.
 *
 * @param {Page} page @param {Drawing} drawing @param {"node" | "ground"} what
 */
async function placeOf(page, drawing, what) {
  const view = await page.evaluate(viewOf);
  if (!view) return null;
  const boxes = boxesOf(drawing).map(({ x, y, width, height }) => ({
    left: view.left + view.x + x * view.zoom,
    top: view.top + view.y + y * view.zoom,
    right: view.left + view.x + (x + width) * view.zoom,
    bottom: view.top + view.y + (y + height) * view.zoom,
  }));
  const middle = { x: view.left + view.width / 2, y: view.top + view.height / 2 };
  const away = (/** @type {{ x: number, y: number }} */ at) => Math.hypot(at.x - middle.x, at.y - middle.y);
  const grid = Array.from({ length: 1_600 }, (_, step) => ({
    x: view.left + view.width * (0.3 + (0.4 * (step % 40)) / 40),
    y: view.top + view.height * (0.3 + (0.4 * Math.floor(step / 40)) / 40),
  }));
  const onNodes = boxes.map(({ left, right, top }) => ({ x: (left + right) / 2, y: top + 24 * view.zoom }));
  const isGround = (/** @type {{ x: number, y: number }} */ { x, y }) =>
    !boxes.some((box) => x > box.left - 2 && x < box.right + 2 && y > box.top - 2 && y < box.bottom + 2);
  const places = what === "node" ? onNodes : grid.filter(isGround);
  return places.sort((one, other) => away(one) - away(other))[0] ?? null;
}

/** In the page: what part of the drawing is seen. */
function viewOf() {
  const canvas = document.querySelector(".react-flow")?.getBoundingClientRect();
  const viewport = document.querySelector(".react-flow__viewport");
  if (!canvas || !viewport) return null;
  const { a: zoom, e: x, f: y } = new DOMMatrix(getComputedStyle(viewport).transform);
  return { zoom, x, y, left: canvas.x, top: canvas.y, width: canvas.width, height: canvas.height };
}

/** Somewhat larger than nodes are. @param {Drawing} drawing */
function boxesOf({ nodes, layout }) {
  return nodes
    .filter(({ parent }) => parent === undefined)
    .map(({ id, kind }) => ({
      ...(layout[id] ?? { x: 0, y: 0 }),
      width: kind === "map" ? 460 : 220,
      height: kind === "map" ? 280 : 90,
    }));
}

/** Pinches until one pixel of the drawing is one of the screen. @param {Page} page @param {Drawing} drawing */
async function zoomToLife(page, drawing) {
  const place = await placeOf(page, drawing, "node");
  if (!place) throw new Error("no node is in view");
  await page.mouse.move(place.x, place.y);
  await page.keyboard.down("Control");
  for (let zoom = await zoomOf(page); Math.abs(zoom - 1) > 0.001; zoom = await zoomOf(page)) {
    await page.mouse.wheel(0, Math.max(-500, Math.min(500, Math.log2(zoom) / 0.002)));
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.keyboard.up("Control");
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300))); // the zoom has come to rest
}

/** @param {Page} page @returns {Promise<number>} */
function zoomOf(page) {
  return page.evaluate(() => {
    const viewport = document.querySelector(".react-flow__viewport");
    return viewport ? new DOMMatrix(getComputedStyle(viewport).transform).a : 0;
  });
}

/** Strokes to and fro, each further in one direction than back. @param {Page} page @param {Drawing} drawing */
async function panned(page, drawing) {
  for (let stroke = 0; stroke < STROKES; stroke++) {
    const from = await placeOf(page, drawing, "ground");
    if (!from) throw new Error("no ground is in view");
    const angle = [0.4, 2.1, 3.6, 5.2, 1.2, 4.3][stroke % 6] ?? 0;
    await stroked(page, from, (move) => ({ x: Math.cos(angle) * move, y: Math.sin(angle) * move * 0.7 }));
  }
}

/** One node in circles. @param {Page} page @param {Drawing} drawing */
async function dragged(page, drawing) {
  for (let stroke = 0; stroke < 3; stroke++) {
    const from = await placeOf(page, drawing, "node");
    if (!from) throw new Error("no node is in view");
    await stroked(page, from, (move) => ({ x: 12 * Math.sin(move / 8), y: 12 * (1 - Math.cos(move / 8)) }));
  }
}

/**
 * A hand does not wait for the screen: the mouse tells where it is every 8 ms, drawn or not.
 *
 * @param {Page} page @param {{ x: number, y: number }} from
 * @param {(move: number) => { x: number, y: number }} path in steps of a hand
 */
async function stroked(page, from, path) {
  const client = await page.context().newCDPSession(page);
  /** @type {(type: "mouseMoved" | "mousePressed", at: { x: number, y: number }, held: number) => Promise<unknown>} */
  const mouse = (type, at, held) =>
    client.send("Input.dispatchMouseEvent", {
      type,
      ...at,
      button: held ? "left" : "none",
      buttons: held,
      clickCount: 1,
    });
  await mouse("mouseMoved", from, 0);
  await mouse("mousePressed", from, 1);
  const moves = [];
  for (let move = 1; move <= MOVES; move++) {
    const { x, y } = path((move * 30) / MOVES);
    moves.push(mouse("mouseMoved", { x: from.x + x * STEP_PX, y: from.y + y * STEP_PX }, 1));
    await new Promise((done) => setTimeout(done, MOVE_MS));
  }
  await Promise.all(moves);
  const { x, y } = path(30);
  await client.send("Input.dispatchMouseEvent", {
    type: "mouseReleased",
    ...{ x: from.x + x * STEP_PX, y: from.y + y * STEP_PX, button: "left", buttons: 0, clickCount: 1 },
  });
  await client.detach();
}

/** Milliseconds between frames. @param {Page} page @param {() => Promise<void>} act @returns {Promise<number[]>} */
async function framesWhile(page, act) {
  await page.evaluate(() => {
    const frames = /** @type {number[]} */ ([]);
    Object.assign(window, { frames, counting: true });
    const count = (/** @type {number} */ at) => {
      frames.push(at);
      if (/** @type {any} */ (window).counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await act();
  const times = await page.evaluate(() => {
    Object.assign(window, { counting: false });
    return /** @type {number[]} */ (/** @type {any} */ (window).frames);
  });
  return times.slice(1).map((at, place) => at - (times[place] ?? at));
}

/** @param {number[]} frames */
const p95 = (frames) => Math.round(percentile(frames, 95) * 10) / 10;

/** All nodes of the document, texts too. @param {Page} page */
function countNodes(page) {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  });
}

/** @param {Page} page */
async function heapOf(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  return Math.round(usedSize / 100_000) / 10;
}
