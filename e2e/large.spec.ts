import { canvasFlow } from "./bench/canvas-flow.mjs";
import { expect, test } from "./fixtures/studio";

test("a flow of five hundred nodes is drawn, and one of them chosen, before the compiler has answered", async ({
  studio,
  baseURL,
}) => {
  const { page } = studio;
  const api = await studio.signedInApi(baseURL);
  const drawing = canvasFlow(500);
  const { flow } = await api.flows.create.mutate({ name: "Large", document: drawing as never });
  await page.addInitScript(() => {
    window.Worker.prototype.postMessage = () => {}; // asked, the compiler stays silent
  });
  await page.goto(`/flows/${flow}`);
  const canvas = page.getByRole("application", { name: "Canvas" });
  const at = drawing.layout["s20-if"] ?? { x: 0, y: 0 };
  const place = () =>
    canvas.evaluate((drawn, { x, y }) => {
      const { left, top } = drawn.getBoundingClientRect();
      const viewport = drawn.querySelector(".react-flow__viewport") ?? drawn;
      const { a: zoom, e, f } = new DOMMatrix(getComputedStyle(viewport).transform);
      return { zoom, x: left + e + (x + 110) * zoom, y: top + f + (y + 36) * zoom };
    }, at);
  await expect.poll(async () => (await place()).zoom).toBeLessThan(0.25); // the whole flow is in view
  const { x, y } = await place();
  await page.mouse.click(x, y);
  await expect(studio.node("s20-if")).toHaveClass(/selected/);
  await expect(studio.bound()).toHaveCount(0);
});
