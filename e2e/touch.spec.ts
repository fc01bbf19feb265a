import type { CDPSession, Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures/studio";

test.use({ hasTouch: true, viewport: { width: 1024, height: 768 } });

type Point = { x: number; y: number };

/** Fingers on the glass: each list of points is where they are after one move. */
async function touch(page: Page, moves: readonly (readonly Point[])[]) {
  const session: CDPSession = await page.context().newCDPSession(page);
  const points = (at: readonly Point[]) => at.map((point, id) => ({ ...point, id }));
  const send = (type: "touchStart" | "touchMove" | "touchEnd", at: readonly Point[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points(at) });
  const [first = [], ...others] = moves;
  await send("touchStart", first);
  for (const at of others) {
    await send("touchMove", at);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await send("touchEnd", []);
  await session.detach();
}

const between = (from: Point, to: Point, steps = 8) =>
  Array.from({ length: steps + 1 }, (_, step) => ({
    x: from.x + ((to.x - from.x) * step) / steps,
    y: from.y + ((to.y - from.y) * step) / steps,
  }));

async function middleOf(thing: Locator): Promise<Point> {
  const box = await thing.boundingBox();
  if (!box) throw new Error("nothing is drawn there");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where a thing is once it has come to rest. */
async function restOf(thing: Locator): Promise<Point> {
  let last = await middleOf(thing);
  await expect
    .poll(async () => {
      const now = await middleOf(thing);
      const moved = Math.hypot(now.x - last.x, now.y - last.y);
      last = now;
      return moved;
    })
    .toBe(0);
  return last;
}

/** A place on the canvas where nothing lies. */
async function ground(page: Page): Promise<Point> {
  const box = await page.getByLabel("Canvas", { exact: true }).boundingBox();
  if (!box) throw new Error("there is no canvas");
  return { x: box.x + box.width / 2, y: box.y + box.height - 60 };
}

test("a finger moves the view and a node, two fingers zoom, taps select and connect", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  const node = studio.node("Two sentences");

  const before = await middleOf(node);
  const start = await ground(page);
  await touch(
    page,
    between(start, { x: start.x - 60, y: start.y - 40 }).map((point) => [point]),
  );
  await expect.poll(async () => (await middleOf(node)).x).toBeLessThan(before.x - 30);

  const wide = (await node.boundingBox())?.width ?? 0;
  const apart = (by: number): Point[] => [
    { x: start.x - by, y: start.y - 100 },
    { x: start.x + by, y: start.y - 100 },
  ];
  await touch(page, [40, 60, 80, 100, 120].map(apart));
  await expect.poll(async () => (await node.boundingBox())?.width ?? 0).toBeGreaterThan(wide * 1.3);
  await page.getByRole("button", { name: "Fit view" }).tap();
  await expect.poll(async () => (await node.boundingBox())?.width ?? 0).toBeLessThan(wide * 1.3);

  const from = await restOf(node);
  await touch(
    page,
    between(from, { x: from.x, y: from.y + 60 }).map((point) => [point]),
  );
  await expect.poll(async () => (await middleOf(node)).y).toBeGreaterThan(from.y + 30);
  await expect(page.getByRole("button", { name: "Undo" })).toBeEnabled();

  await node.tap();
  await expect(page.getByLabel("Title")).toHaveValue("Two sentences");

  const wire = page.getByRole("button", { name: "Wire from Text text to Two sentences focus" });
  await expect(wire).toHaveCount(0);
  await page.getByRole("button", { name: "Zoom in" }).tap();
  for (const port of [
    studio.node("Text").getByRole("img", { name: /^Output Text/ }),
    node.getByRole("img", { name: /^Input Focus/ }),
  ]) {
    const { x, y } = await restOf(port);
    await page.touchscreen.tap(x, y);
  }
  await expect(wire).toHaveCount(1);
});

test("what is pressed with a finger is at least 44 px large", async ({ studio }) => {
  const { page } = studio;
  await studio.tryItNow();
  await studio.openFlow("Short or long");
  await expect(page.getByRole("button", { name: "Add Input" })).toBeVisible();
  await studio.node("Two sentences").tap();
  await expect(page.getByLabel("Title")).toBeVisible();
  const small = await page.evaluate(() => {
    const pressed = "button, a[href], select, input, textarea, summary, [role=tab], [role=switch], [role=button]";
    return [...document.querySelectorAll<HTMLElement>(pressed)]
      .filter((each) => each.checkVisibility() && !each.closest(".react-flow__viewport, .react-flow__attribution"))
      .filter((each) => each.getBoundingClientRect().bottom > 0) // what the keyboard alone brings into view
      .map((each) => ({ name: each.getAttribute("aria-label") ?? each.textContent ?? each.id, ...areaOf(each) }))
      .filter(({ width, height }) => Math.min(width, height) < 43.5)
      .map(({ name, width, height }) => `${name}: ${Math.round(width)} x ${Math.round(height)}`);

    /** With its label, which is pressed too, and with what reaches out of it without being seen. */
    function areaOf(each: HTMLElement) {
      const label = each.closest("label") ?? document.querySelector<HTMLElement>(`label[for="${each.id}"]`);
      const own = each.getBoundingClientRect();
      const more = getComputedStyle(each, "::after");
      const reach = more.content !== "none" && more.position === "absolute" ? -2 * Number.parseFloat(more.top) || 0 : 0;
      const around = label?.contains(each) ? label.getBoundingClientRect() : own;
      return { width: Math.max(own.width, around.width) + reach, height: Math.max(own.height, around.height) + reach };
    }
  });
  expect(small).toEqual([]);
});
