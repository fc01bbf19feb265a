import type { Page } from "@playwright/test";
import { asks, openQuestion, type Person, person, statusOf, votesOf } from "./fixtures/asked-people";
import { aDayPasses } from "./fixtures/people";
import { expect, Studio, test } from "./fixtures/studio";

const approve = (page: Page) => page.getByRole("button", { name: "Approve, costs nothing" });

/** Passkeys are made for a name, and tests come by an address: localhost is the same studio. */
const atName = (address: string | undefined) => (address ?? "").replace("127.0.0.1", "localhost");

/** An authenticator of Chromium's own (CDP, domain WebAuthn). `is` says whether its user shows who they are. */
async function authenticator(page: Page, transport: "internal" | "usb" = "internal") {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport, hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    is: (isUserVerified: boolean) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    /** Whether somebody touches it when it is asked. */
    touched: (enabled: boolean) => cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
  };
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto("/settings");
  await new Studio(page).alive(page.getByRole("button", { name: "Add a passkey" }));
  await page.getByLabel("Name of the passkey").fill(name);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" }).getByLabel(`Name of ${name}`)).toBeVisible();
}

/** The first of an account counts a day later. */
async function addCounting({ page, id }: Person, name: string): Promise<void> {
  await addPasskey(page, name);
  await aDayPasses(id);
  await page.reload();
  await new Studio(page).alive(page.getByRole("button", { name: "Add a passkey" }));
}

test("journey 4: a passkey says yes; a user who does not show who they are can mend it, and the receipt says by what", async ({
  browser,
  baseURL,
}) => {
  const [eve, ann] = await Promise.all(["Eve", "Ann"].map((name) => person(browser, atName(baseURL), name)));
  if (!eve || !ann) throw new Error("two people");
  const device = await authenticator(ann.page);
  const studio = new Studio(ann.page);
  await addCounting(ann, "Laptop");
  expect(await studio.faults("settings with a passkey")).toEqual([]);
  const run = await asks(eve.api, { approvers: [ann.id], evidence: { by: "passkey" } });

  await ann.page.setViewportSize({ width: 375, height: 740 });
  await openQuestion(ann);
  await expect(ann.page.getByText("A yes takes a passkey.")).toBeVisible();
  expect(await studio.faults("a yes that takes a passkey at 375 px")).toEqual([]);
  await device.is(false);
  await approve(ann.page).click();
  await expect(ann.page.getByRole("alert").getByText("No passkey answered")).toBeVisible();
  await statusOf(eve.api, run).toBe("waiting");
  await device.is(true);
  await approve(ann.page).focus();
  await ann.page.keyboard.press("Enter");
  await statusOf(eve.api, run).toBe("succeeded");
  expect(await votesOf(eve.api, run)).toMatchObject([
    { by: ann.id, evidence: { kind: "passkey", digest: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  ]);
});

test("passkeys are named and removed, each time with the signature of one, and so are rules that take one; that it is the last is said before", async ({
  browser,
  baseURL,
}) => {
  const ann = await person(browser, atName(baseURL), "Ann");
  const device = await authenticator(ann.page);
  await addCounting(ann, "Laptop");
  await ann.page.getByLabel("Name of Laptop").fill("Old laptop");
  await ann.page.getByRole("button", { name: "Rename" }).click();
  await expect(ann.page.getByLabel("Name of Old laptop")).toBeVisible();

  await device.is(false); // whoever sits there is not Ann
  await ann.page.getByRole("button", { name: "Remove Old laptop" }).click();
  await expect(ann.page.getByText(/It is your last, and no wallet is linked/)).toBeVisible();
  await ann.page.getByRole("button", { name: "Remove the passkey" }).click();
  await expect(ann.page.getByRole("alert").getByText("No passkey answered")).toBeVisible();
  await expect(ann.page.getByLabel("Name of Old laptop")).toBeVisible();
  const [kept] = (await ann.api.passkeys.mine.query()).passkeys;
  await expect(ann.api.passkeys.remove.mutate({ id: kept?.id ?? "" })).rejects.toThrow("change_unconfirmed");

  // A rule that takes a passkey is taken away with one alone; to add another behind it takes none.
  const dear = { id: "dear", rule: "consent_required", evidence: { by: "passkey" } };
  await ann.api.policies.set.mutate({ policy: { version: 1, rules: [dear] } });
  await ann.api.policies.set.mutate({ policy: { version: 1, rules: [dear, { ...dear, id: "again" }] } });
  await expect(ann.api.policies.set.mutate({ policy: null })).rejects.toThrow("change_unconfirmed");
  await ann.page.reload();
  const rules = ann.page.getByRole("list", { name: "Rules in force" });
  await new Studio(ann.page).alive(ann.page.getByRole("button", { name: "Take dear away" }));
  await ann.page.getByRole("button", { name: "Take dear away" }).click();
  await expect(ann.page.getByRole("alert").getByText("No passkey answered")).toBeVisible();
  await expect(rules.getByRole("listitem")).toHaveCount(2);
  await device.is(true);
  await ann.page.getByRole("button", { name: "Take dear away" }).click();
  await expect(rules.getByRole("listitem")).toHaveCount(1);

  await ann.page.getByRole("button", { name: "Remove Old laptop" }).click();
  await ann.page.getByRole("button", { name: "Remove the passkey" }).click();
  await expect(ann.page.getByLabel("Name of Old laptop")).toHaveCount(0);
});

test("at an address of numbers it is said where passkeys work", async ({ browser, baseURL }) => {
  const atNumbers = (baseURL ?? "").replace("localhost", "127.0.0.1");
  const ann = await person(browser, atNumbers, "Ann");
  await ann.page.goto("/settings");
  await expect(ann.page.getByText("Passkeys need a name, and this address is a number.")).toBeVisible();
  await expect(ann.page.getByRole("link", { name: atName(baseURL) })).toBeVisible();
});

test("a first passkey that nothing confirmed says from when it counts, signs nothing before, and is taken away by a session alone", async ({
  browser,
  baseURL,
}) => {
  const [eve, ann] = await Promise.all(["Eve", "Ann"].map((name) => person(browser, atName(baseURL), name)));
  if (!eve || !ann) throw new Error("two people");
  const device = await authenticator(ann.page);
  const studio = new Studio(ann.page);
  await ann.page.goto("/settings");
  await expect(ann.page.getByText(/Nothing can confirm the first one yet, so it counts a day later/)).toBeVisible();
  await addPasskey(ann.page, "Laptop");
  await expect(ann.page.getByText(/Counts from .* Nothing confirmed it when it came/)).toBeVisible();
  expect(await studio.faults("a passkey that does not count yet")).toEqual([]);

  const run = await asks(eve.api, { approvers: [ann.id], evidence: { by: "passkey" } });
  await openQuestion(ann);
  await expect(ann.page.getByText(/What you have signs from/)).toBeVisible();
  await expect(approve(ann.page)).toBeDisabled();
  const [asked] = await ann.api.approvals.list.query({ state: "open" });
  if (!asked) throw new Error("nothing is asked");
  const { operation, subject } = asked;
  await expect(ann.api.approvals.passkeyToSign.mutate({ operation, subject })).rejects.toThrow("means_too_new");

  await ann.page.goto("/settings");
  await studio.alive(ann.page.getByRole("button", { name: "Remove Laptop" }));
  await device.is(false); // no passkey is asked
  await ann.page.getByRole("button", { name: "Remove Laptop" }).click();
  await expect(ann.page.getByText(/does not count yet, so this takes no signature/)).toBeVisible();
  await ann.page.getByRole("button", { name: "Remove the passkey" }).click();
  await expect(ann.page.getByLabel("Name of Laptop")).toHaveCount(0);

  await device.is(true);
  await addCounting(ann, "Laptop");
  await openQuestion(ann);
  await approve(ann.page).click();
  await statusOf(eve.api, run).toBe("succeeded");
});

test("a second passkey is confirmed by the first and counts at once; where the studio asks for another's, no passkey is asked", async ({
  browser,
  baseURL,
}) => {
  const ann = await person(browser, atName(baseURL), "Ann");
  const laptop = await authenticator(ann.page);
  await addCounting(ann, "Laptop");
  await authenticator(ann.page, "usb");
  await laptop.touched(false); // it has a passkey already: the other device makes this one
  const add = async (name: string) => {
    await ann.page.getByLabel("Name of the passkey").fill(name);
    await ann.page.getByRole("button", { name: "Add a passkey" }).click();
  };
  // A studio, or whoever stands between, that would have the first passkey confirm a key of its own.
  await ann.page.route("**/passkeys.optionsToConfirm*", async (route) => {
    const body =
      route
        .request()
        .postData()
        ?.replace(/"passkey":"[0-9a-f]{64}"/, `"passkey":"${"0".repeat(64)}"`) ?? "";
    await laptop.touched(true);
    await route.continue({ postData: body });
  });
  await add("Key");
  await expect(
    ann.page.getByRole("alert").getByText("What was to be signed is not about what is on this screen."),
  ).toBeVisible();
  await ann.page.unroute("**/passkeys.optionsToConfirm*");

  await laptop.touched(false);
  await ann.page.route("**/passkeys.optionsToConfirm*", async (route) => {
    await laptop.touched(true);
    await route.continue();
  });
  await add("Key");
  await expect(ann.page.getByLabel("Name of Key")).toBeVisible();
  await expect(ann.page.getByText(/Counts from/)).toHaveCount(0);
  expect((await ann.api.passkeys.mine.query()).passkeys.map(({ waitsUntil }) => waitsUntil)).toEqual([null, null]);
});
