import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { type Mail, mailReceiver } from "./fixtures/mail-server";
import { expect, type Studio, test } from "./fixtures/studio";

// One mail server for all of them, at the address that the studio was told: it is taken away in the last test.
test.describe.configure({ mode: "serial" });
let server: Awaited<ReturnType<typeof mailReceiver>>;
test.beforeAll(async () => {
  server = await mailReceiver({ port: Number(process.env.MAIL_PORT) });
});
test.afterAll(() => server.close());

const mailsTo = (address: string) => server.mails.filter(({ to }) => to.includes(address));

async function mailAbout(address: string, subject: RegExp): Promise<Mail> {
  const found = () =>
    mailsTo(address).find(({ email }) => subject.test((email.subject ?? "").replaceAll("\u200b", "")));
  await expect.poll(() => found() !== undefined, { timeout: 120_000 }).toBe(true);
  const mail = found();
  if (!mail) throw new Error(`no mail about ${subject}`);
  return mail;
}

/** Has a mail address, and has typed in the code that was sent there. */
async function withMail({ page }: Studio): Promise<string> {
  const address = `ada-${randomUUID()}@people.test`;
  await page.goto("/settings");
  const mail = page.getByRole("region", { name: "E-mail" });
  await expect(async () => {
    await mail.getByRole("button", { name: "Add a mail address" }).click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("dialog").getByLabel("Mail address").fill(address);
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await expect(mail.getByText("Not confirmed")).toBeVisible();
  const { email } = await mailAbout(address, /^Confirm this address/);
  const [code = ""] = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(email.text ?? "") ?? [];
  await mail.getByLabel(/^Code that was sent/).fill(code);
  await mail.getByRole("button", { name: "Confirm" }).click();
  await expect(mail.getByText("Confirmed", { exact: true })).toBeVisible();
  return address;
}

test("an address is confirmed by its code, a test notice says how it went, and what is chosen stays", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  const address = await withMail(studio);
  await page.getByRole("button", { name: `Send a test notice to ${address}` }).click();
  const { email } = await mailAbout(address, /^This is a test notice$/);
  expect(email.html).toContain("This is a test notice");
  expect(email.text).toContain("This is a test notice");
  await expect(page.getByText(/^Test notice: taken at/)).toBeVisible();

  const reminders = page.getByRole("checkbox", { name: "It still waits for your answer: E-mail" });
  await expect(reminders).toBeChecked();
  await reminders.click(); // it is drawn from what is known, a moment after the press
  await expect(reminders).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "An approval is asked of you: In the studio" })).toBeDisabled();
  await page.getByRole("switch", { name: "Quiet hours" }).check();
  await page.getByLabel("Time zone").selectOption("Europe/Vienna");
  await page.getByRole("button", { name: "Try E-mail earlier" }).click();
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByRole("button", { name: "Keep", exact: true })).toBeDisabled();
  await page.reload();
  await expect(reminders).not.toBeChecked();
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Vienna");
  await expect(page.getByRole("listitem").filter({ hasText: /^1E-mail/ })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("an approval arrives by mail; opening its link any number of times decides nothing, and the page that it leads to does", async ({
  studio,
  browser,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  const address = await withMail(studio);
  await page.goto("/flows");
  await studio.openFlow("Reviewed sales report");
  await studio.run();
  await expect(studio.node("Review")).toHaveAttribute("data-status", "needs_you");
  const { email } = await mailAbout(address, /^Your run asks: /);
  expect(email.text).toMatch(/A yes allows at most 0\.40 credits/);
  const links = [...(email.html ?? "").matchAll(/href="([^"]+)"/g)].map(([, link = ""]) => link);
  const link = links.find((each) => each.includes("/approvals/")) ?? "";
  expect(links.every((each) => !each.includes("?"))).toBe(true);
  expect(email.text).toContain(link);

  // A scanner opens every link of a mail, with and without somebody's cookies.
  const scanner = await browser.newContext();
  for (let visit = 0; visit < 10; visit++) {
    expect((await page.request.get(link)).status()).toBe(200);
    expect((await page.request.head(link)).status()).toBe(200);
    await scanner.request.get(link);
  }
  const stranger = await scanner.newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole("button", { name: "Try it now" })).toBeVisible();
  await scanner.close();

  await page.goto(link);
  const approve = page.getByRole("button", { name: /^Approve, at most/ });
  await expect(approve).toBeEnabled();
  await approve.click();
  await page.getByRole("region", { name: "Your answer" }).getByRole("link", { name: "Open the run" }).click();
  await studio.succeeded();

  const bell = page.getByRole("button", { name: /^Notices, \d+ unread$/ });
  await bell.click();
  const latest = page.getByRole("dialog", { name: "Notices" });
  await expect(latest.getByRole("link", { name: /Reviewed sales report succeeded/ })).toBeVisible();
  await latest.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByRole("button", { name: "Notices", exact: true })).toBeVisible();
});

test("regression 7: the mail server is down: the run says that it was not delivered and why, and so does the inbox", async ({
  studio,
}) => {
  const { page } = studio;
  await studio.tryItNow();
  await withMail(studio);
  await server.behave("down");
  await page.goto("/flows");
  await studio.openFlow("Reviewed sales report");
  await studio.run();
  await expect(studio.node("Review")).toHaveAttribute("data-status", "needs_you");
  await page.goto("/approvals");
  const problem = /^Not delivered to you by e-mail: the mail server refused the connection\.$/;
  await expect(page.getByRole("region", { name: "Not delivered" }).getByText(problem)).toBeVisible();
  await page.goto("/runs");
  await page.getByRole("main").getByRole("link", { name: "Reviewed sales report" }).first().click();
  await expect(page.getByRole("region", { name: "Not delivered" }).getByText(problem)).toBeVisible();
  await expect(page.getByText(/It waits for you here in the studio/)).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: /^Notices, \d+ unread$/ }).click();
  await page
    .getByRole("dialog", { name: "Notices" })
    .getByRole("link", { name: /Your run asks/ })
    .click();
  await expect(page.getByRole("button", { name: /^Approve, at most/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Not delivered" })).toBeVisible();
});
