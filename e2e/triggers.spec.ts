import { createHmac } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { sample } from "@/flows/examples/sample";
import { expect, test } from "./fixtures/studio";

const schema = {
  type: "object",
  properties: { text: { type: "string" } },
  required: ["text"],
  additionalProperties: false,
} as const;

/** Summarises the text that is posted to it; a schedule of every night stands beside the webhook. */
const { document } = sample(
  { id: "posted", name: "Posted", about: "Summarises what is posted." },
  {
    nodes: [
      { id: "hook", kind: "webhook", title: "Posted text", settings: { schema }, at: [0, 0] },
      {
        id: "pick",
        kind: "transform",
        title: "Its text",
        settings: { inputs: ["body"], gives: { text: "body.text" } },
        at: [300, 0],
      },
      { id: "sum", kind: "agent", title: "Summarise", settings: { agent: "studio/summariser@1.0.0" }, at: [600, 0] },
      { id: "out", kind: "output", title: "Summary", settings: { name: "summary" }, at: [900, 0] },
      {
        id: "night",
        kind: "schedule",
        title: "Every night",
        settings: { cron: "30 2 * * *", zone: "Europe/Vienna" },
        at: [0, 200],
      },
    ],
    wires: ["hook.body > pick.body", "pick.text > sum.text", "sum.summary > out.value"],
  },
);

async function draw(page: Page): Promise<void> {
  const origin = new URL(page.url()).origin;
  const answer = await page.request.post("/api/trpc/flows.create", {
    headers: { origin },
    data: { json: { name: "Posted", document } },
  });
  expect(answer.status()).toBe(200);
  await page.goto("/flows");
}

/** What a sender does, without a browser and without a cookie. */
function post(address: string, { secret, key, text }: { secret: string; key: string; text: string }) {
  const body = JSON.stringify({ text });
  const t = Math.floor(Date.now() / 1_000);
  const mark = createHmac("sha256", secret).update(`${t}.${key}.${body}`).digest("hex");
  const headers = {
    "content-type": "application/json",
    "idempotency-key": key,
    "x-studio-signature": `t=${t},v1=${mark}`,
  };
  return fetch(address, { method: "POST", headers, body });
}

test("a webhook is turned on under a cap, a signed post starts a run, and the list of runs says what started it", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await draw(page);
  await studio.openFlow("Posted");
  const trigger = page.getByRole("listitem", { name: "Posted text" });
  await expect(trigger.getByText("Off")).toBeVisible();
  await trigger.getByRole("button", { name: "Turn on" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("At most a day").fill("0.30");
  await expect(dialog.getByRole("button", { name: "Turn on" })).toBeDisabled();
  await dialog.getByLabel("At most a day").fill("0.40");
  await dialog.getByRole("button", { name: "Turn on" }).click();

  await expect(dialog.getByRole("heading", { name: "Copy the secret now" })).toBeVisible();
  const shown = (name: string) =>
    dialog
      .getByRole("figure", { name, exact: true })
      .locator("pre")
      .textContent()
      .then((text) => text ?? "");
  const [address, secret, example] = [await shown("Address"), await shown("Secret"), await shown("Example")];
  expect(example).toContain(`curl -sS '${address}'`);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(trigger.getByText("On", { exact: true })).toBeVisible();

  expect((await fetch(address)).status).toBe(405);
  expect((await post(address, { secret: "whs_guessed", key: "k-1", text: "One." })).status).toBe(401);
  const text = "Ledgers keep two sides. Each side answers the other. Nothing is lost.";
  const first = await post(address, { secret, key: "k-1", text });
  expect(first.status).toBe(202);
  expect(await (await post(address, { secret, key: "k-1", text })).json()).toEqual(await first.json());
  expect((await post(address, { secret, key: "k-2", text })).status).toBe(429);

  await trigger.getByRole("button", { name: "Last starts" }).click();
  await expect(dialog.getByText("cap_reached")).toBeVisible();
  await expect(dialog.getByRole("link", { name: "Open the run" })).toHaveCount(1);
  await page.goto("/runs");
  await expect(page.getByRole("row", { name: /Posted/ })).toHaveCount(1);
  await expect(page.getByRole("row", { name: /Posted/ })).toContainText("by webhook");
  await page.getByRole("link", { name: "Posted" }).click();
  await expect(page.getByText("Succeeded").first()).toBeVisible();
});

test("a schedule says when it starts next in its own zone, keeps its plan when the drawing changes, and is turned off", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await draw(page);
  await studio.openFlow("Posted");
  const trigger = page.getByRole("listitem", { name: "Every night" });
  await expect(trigger.getByText(/Would start on .*02:30, Europe\/Vienna/)).toBeVisible();
  await trigger.getByRole("button", { name: "Turn on" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Times that were missed").selectOption("once");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(trigger.getByText(/Starts next on .*02:30, Europe\/Vienna/)).toBeVisible();

  await studio.node("Summarise").click();
  await page.getByLabel("Cap per call").fill("0.75");
  await expect(studio.bound()).toHaveAccessibleName(/0\.75 credits/);
  await page.getByRole("button", { name: /^Worst case/ }).click();
  await expect(trigger.getByText(/It starts the plan that it was turned on for/)).toBeVisible();
  await trigger.getByRole("button", { name: "Turn off" }).click();
  await expect(trigger.getByText("Off", { exact: true })).toBeVisible();
});
