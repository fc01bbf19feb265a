import { outsideAgent, shouter } from "./fixtures/outside-agent";
import { giveCredits, makeReviewer, person, probeNow } from "./fixtures/people";
import { expect, type Studio, test } from "./fixtures/studio";

const PORT = Number(process.env.OUTSIDE_AGENT_PORT ?? 4575); // the studio under test trusts this origin and no other

test("journey 5: an agent is published, fails a check, is mended, reviewed, listed, used and paid; when it cheats it is not paid, and hidden", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const stamp = Date.now().toString(36);
  const publisherName = `acme-${stamp}`;
  const agentId = `${publisherName}/shouter@1.0.0`;
  const outside = await outsideAgent({ ...shouter(publisherName), title: `Shouter ${stamp}` }, PORT);
  outside.agent.slowMs = 8_000; // later than its deadline and what a run allows for the way
  const publisher = await person(browser, `Pat ${stamp}`);
  const reviewer = await person(browser, `Rey ${stamp}`);
  const buyer = await person(browser, `Bo ${stamp}`);
  await makeReviewer(`Rey ${stamp}`);
  await giveCredits(`Bo ${stamp}`, 10_000_000n);

  await test.step("the form is filled in from the manifest, kept as it is typed, and the name is proved", async () => {
    const { page } = publisher;
    await page.goto("/publish");
    await page.getByRole("button", { name: "New agent" }).first().click();
    await page.getByLabel("Address of a manifest").fill(`${outside.url}/shouter/manifest`);
    await page.getByRole("button", { name: "Fill the form in" }).click();
    await expect(page.getByLabel("Publisher", { exact: true })).toHaveValue(publisherName);
    await expect(page.getByLabel("Credits a call")).toHaveValue("0.10");
    await expect(page.getByRole("button", { name: "Check the agent" })).toBeDisabled();
    await page.getByLabel("An input to test it with").fill('{"text": "hello"}');
    await expect(page.getByRole("status").filter({ hasText: /^Saved$/ })).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("An input to test it with")).toHaveValue('{"text": "hello"}');
    expect(await publisher.faults("the publishing form")).toEqual([]);

    await page.getByRole("button", { name: `Prove ${publisherName}` }).click();
    outside.agent.wellKnown = "somebody else's token";
    await page.getByRole("button", { name: "Read the file" }).click();
    await expect(page.getByText("has no line with the token")).toBeVisible();
    outside.agent.wellKnown = (await page.getByRole("figure", { name: "Token" }).textContent())?.trim() ?? "";
    await page.getByRole("button", { name: "Read the file" }).click();
    await expect(page.getByText(`${publisherName} is yours, proved by a file at`)).toBeVisible();
  });

  await test.step("a check fails, says why, and passes once the agent is mended", async () => {
    const { page } = publisher;
    outside.agent.way = "forgetful";
    await page.getByRole("button", { name: "Check the agent" }).click();
    await expect(page.getByText(/checks? failed\. Mend it/)).toBeVisible({ timeout: 120_000 });
    await expect(page.getByText("it gave another answer: it did the work twice")).toBeVisible();
    await expect(page.getByRole("button", { name: "Hand in for review" })).toBeDisabled();
    outside.agent.way = "honest";
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByText("Every check passed.")).toBeVisible({ timeout: 120_000 });
    await page.getByRole("button", { name: "Hand in for review" }).click();
    await expect(page.getByText("In review")).toBeVisible();
  });

  await test.step("nobody finds it before it is approved and listed", async () => {
    await buyer.page.goto(`/registry?q=${publisherName}`);
    await expect(buyer.page.getByText("0 agents found")).toBeVisible();
    await buyer.page.goto("/publish/review");
    await expect(buyer.page.getByText("This is for reviewers of this studio.")).toBeVisible();

    await reviewer.page.goto("/publish/review");
    const panel = reviewer.page.getByRole("region", { name: `Shouter ${stamp}` });
    await expect(panel.getByText("The first version")).toBeVisible();
    await panel.getByRole("button", { name: "Approve" }).click();
    await expect(panel).toHaveCount(0);

    await publisher.page.reload();
    await expect(publisher.page.getByText("Approved")).toBeVisible();
    await publisher.page.getByRole("button", { name: "List it" }).click();
    await expect(publisher.page.getByText("Active", { exact: true })).toBeVisible();
    await buyer.page.goto(`/registry?q=${publisherName}`);
    await expect(buyer.page.getByText("1 agent found")).toBeVisible();
  });

  await test.step("another account draws it, agrees to its price, and the publisher sees the earning", async () => {
    const { page } = buyer;
    await page.goto("/flows");
    await buyer.newFlow("Louder");
    await page.getByRole("button", { name: "Add Input" }).click();
    await expect(buyer.node("Input")).toBeVisible();
    await page.getByLabel("Search the palette").fill(publisherName);
    await page.getByRole("button", { name: `Add Shouter ${stamp}` }).click();
    await buyer.inspector().getByLabel("Text from").selectOption({ label: "Input · Text" });
    await page.getByLabel("Search the palette").fill("output");
    await page.getByRole("button", { name: "Add Output" }).click();
    await buyer
      .inspector()
      .getByLabel("Value from")
      .selectOption({ label: `Shouter ${stamp} · Loud` });
    await expect(buyer.bound()).toBeVisible();
    await runWith(buyer, "hello");
    await expect(page.getByText("Succeeded").first()).toBeVisible({ timeout: 120_000 });
    await expect(page.getByText("HELLO").first()).toBeVisible();

    await publisher.page.reload();
    const earnings = publisher.page.getByRole("region", { name: "Earnings" });
    await expect(earnings.getByText("0.10 credits").first()).toBeVisible();
  });

  for (const way of ["after_payment", "invalid", "slow", "oversized"] as const)
    await test.step(`when it is ${way}, the buyer pays nothing`, async () => {
      outside.agent.way = way;
      await runWith(buyer, `again ${way}`);
      await expect(buyer.page.getByText("Failed").first()).toBeVisible({ timeout: 120_000 });
      await buyer.page.goto("/wallet");
      await expect(
        buyer.page.getByRole("region", { name: "Credits", exact: true }).getByText("9.90 credits"),
      ).toBeVisible();
      await buyer.page.goBack();
      await expect(buyer.bound()).toBeVisible();
    });

  await test.step("a probe finds that it has changed its price, and nobody is offered it any more", async () => {
    outside.agent.way = "dearer";
    await probeNow(agentId);
    await expect(async () => {
      await publisher.page.reload();
      await expect(publisher.page.getByText("It declares another price than this form.")).toBeVisible({
        timeout: 1_000,
      });
    }).toPass();
    await buyer.page.goto(`/registry?q=${publisherName}`);
    await expect(buyer.page.getByText("0 agents found")).toBeVisible();
    await reviewer.page.reload();
    const panel = reviewer.page.getByRole("region", { name: `Shouter ${stamp}` });
    await panel.getByLabel("Reason").fill("It changed its price.");
    await panel.getByRole("button", { name: "Suspend" }).click();
    await expect(async () => {
      await publisher.page.reload();
      await expect(publisher.page.getByText("A reviewer wrote: It changed its price.")).toBeVisible({ timeout: 1_000 });
    }).toPass();
  });
  await outside.stop();
});

/** Starts what is open with a text; what it costs is on the button. */
async function runWith({ page }: Studio, text: string): Promise<void> {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Text", { exact: true }).fill(text);
  await dialog.getByRole("button", { name: "Run, at most 0.10 credits" }).click();
  await expect(dialog).toHaveCount(0);
}
