import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { makeReviewer, person } from "./fixtures/people";
import { expect, test } from "./fixtures/studio";

const LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Bytes that do not begin with zero, as wallets write them. */
function base58(bytes: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; value > 0n; value /= 58n) text = `${LETTERS[Number(value % 58n)]}${text}`;
  return text;
}

test("a flow is published as an agent: its worst case is said first, and a lower price has to be covered; it is listed once somebody else has approved it", async ({
  studio,
  browser,
  baseURL,
}) => {
  const { page } = studio;
  const api = await studio.signedInApi(baseURL);
  await api.flows.create.mutate({ name: "Short or long", sample: "short-or-long" });

  const open = async () => {
    await page.goto("/flows");
    const menu = page.getByRole("button", { name: "Actions on Short or long" }).first();
    await studio.alive(menu);
    await menu.click();
    await page.getByRole("menuitem", { name: "Publish as an agent" }).click();
  };
  const dialog = page.getByRole("dialog", { name: "Publish Short or long as an agent" });
  await open();
  await expect(dialog.getByRole("link", { name: "Prove one under Publish" })).toBeVisible();

  const name = `ada-${Date.now().toString(36)}`;
  const { challenge } = await api.publishing.claim.mutate({ name });
  const secret = ed25519.utils.randomSecretKey();
  const wallet = base58(ed25519.getPublicKey(secret));
  await api.publishing.proveByWallet.mutate({
    ...{ name, wallet },
    signature: base58(ed25519.sign(utf8ToBytes(challenge), secret)),
  });

  await open();
  await expect(dialog.getByText(/at most 0\.40 credits/)).toBeVisible();
  const publish = dialog.getByRole("button", { name: "Hand in for review" });
  await dialog.getByLabel("Description").fill("Sums up a text, the longer the more.");
  await dialog.getByLabel("Price of a call").fill("0.10");
  await expect(publish).toBeDisabled();
  await dialog.getByRole("switch", { name: /^I pay what a call costs beyond its price/ }).check();
  expect(await studio.faults("publishing a flow")).toEqual([]);
  await publish.click();
  await expect(page.getByText("Short or long is handed in.")).toBeVisible();

  const reviewer = await person(browser, `Rey ${name}`);
  await makeReviewer(`Rey ${name}`);
  await reviewer.page.goto("/publish/review");
  const panel = reviewer.page.getByRole("region", { name: "Short or long" }).filter({ hasText: name });
  await expect(panel.getByText("A flow: each call of it is a run of its publisher's")).toBeVisible();
  await panel.getByRole("button", { name: "Approve" }).click();
  await expect(panel).toHaveCount(0);

  await page.goto("/publish");
  await page.getByRole("button", { name: "List it" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await page.goto(`/registry/${name}/short-or-long`);
  await expect(page.getByRole("heading", { name: "Short or long" })).toBeVisible();
  await expect(page.getByText("0.10 credits a call").first()).toBeVisible();
});
