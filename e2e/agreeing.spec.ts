import { randomUUID } from "node:crypto";
import { asks, openQuestion as open, person, statusOf, votesOf } from "./fixtures/asked-people";
import { expect, Studio, test } from "./fixtures/studio";

test("journey 4: two of three of a group agree, one of them in the place of another, and the receipt names both", async ({
  browser,
  baseURL,
}) => {
  const [eve, ann, bob, dan] = await Promise.all(
    ["Eve", "Ann", "Bob", "Dan"].map((name) => person(browser, baseURL, name)),
  );
  if (!eve || !ann || !bob || !dan) throw new Error("four people");
  const org = `acme-${randomUUID().slice(0, 8)}`;
  await eve.api.organisations.found.mutate({ id: org, name: "Acme" });
  for (const { id } of [eve, ann, bob])
    await eve.api.organisations.change.mutate({
      org,
      change: { person: id as never, roles: id === eve.id ? ["admin"] : ["approver"], groups: ["finance"] },
    });
  for (const { api } of [ann, bob]) await api.organisations.answerInvitation.mutate({ org, joins: true });
  await ann.api.delegations.create.mutate({ to: dan.id as never, flow: null, until: new Date(Date.now() + 3_600_000) });
  const run = await asks(eve.api, { approvers: [`@group:${org}/finance`], needs: 2 });

  await open(dan);
  await expect(dan.page.getByText("2 of 2 must agree, 0 so far")).toBeVisible();
  await dan.page.getByLabel("Comment").fill("I looked at it.");
  await dan.page.getByRole("button", { name: "Approve, costs nothing" }).click();
  await expect(dan.page.getByText(/Approved. The run takes it up/)).toBeVisible();
  await statusOf(eve.api, run).toBe("waiting");

  await open(bob);
  await expect(bob.page.getByText("I looked at it.")).toBeVisible();
  await bob.page.getByRole("button", { name: "Approve, costs nothing" }).click();
  await statusOf(eve.api, run).toBe("succeeded");
  expect(await votesOf(eve.api, run)).toMatchObject([
    { by: dan.id, of: ann.id, comment: "I looked at it." },
    { by: bob.id },
  ]);
});

test("journey 4: refuse, take back, time out; and many at once from the inbox of a phone", async ({
  browser,
  baseURL,
}) => {
  const [eve, bob] = await Promise.all(["Eve", "Bob"].map((name) => person(browser, baseURL, name)));
  if (!eve || !bob) throw new Error("two people");
  const approvers = [bob.id];
  const refused = await asks(eve.api, { approvers });
  await expect.poll(() => bob.api.approvals.countOpen.query()).toBe(1);
  await open(bob);
  await bob.page.getByRole("button", { name: "Refuse" }).click();
  await statusOf(eve.api, refused).toBe("failed");

  const silent = await asks(eve.api, { approvers, timeoutMs: 1_000 });
  await statusOf(eve.api, silent).toBe("failed");

  const back = await asks(eve.api, { approvers });
  await expect.poll(() => bob.api.approvals.countOpen.query()).toBe(1);
  await eve.page.goto(`/approvals/${encodeURIComponent(`${back}/ask/ask`)}`);
  await new Studio(eve.page).alive(eve.page.getByRole("button", { name: "Take the question back" }));
  await expect(eve.page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await eve.page.getByRole("button", { name: "Take the question back" }).click();
  await statusOf(eve.api, back).toBe("failed");

  const many = [await asks(eve.api, { approvers }), await asks(eve.api, { approvers })];
  await expect.poll(() => bob.api.approvals.countOpen.query()).toBe(2);
  await bob.page.setViewportSize({ width: 375, height: 740 });
  await bob.page.goto("/approvals");
  const boxes = bob.page.getByRole("checkbox", { name: "Choose May this go on?" });
  await expect(boxes).toHaveCount(2);
  await new Studio(bob.page).alive(boxes.first());
  for (const box of await boxes.all()) await box.check();
  expect(await new Studio(bob.page).faults("inbox at 375 px")).toEqual([]);
  await expect(bob.page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await bob.page.getByRole("button", { name: "Refuse 2 chosen" }).click();
  for (const run of many) await statusOf(eve.api, run).toBe("failed");
});

test("1. GET, HEAD and prefetch of an approval link, a thousand times, change nothing.", async ({
  browser,
  baseURL,
}) => {
  const [eve, bob] = await Promise.all(["Eve", "Bob"].map((name) => person(browser, baseURL, name)));
  test.setTimeout(600_000); // a thousand pages
  if (!eve || !bob) throw new Error("two people");
  const run = await asks(eve.api, { approvers: [bob.id] });
  await expect.poll(() => bob.api.approvals.countOpen.query()).toBe(1);
  const operation = `${run}/ask/ask`;
  const address = `/approvals/${encodeURIComponent(operation)}`;
  const before = await bob.api.approvals.get.query({ operation: operation as never });

  // A mail scanner follows every link of the page, and every link that it can make of it, with the person's own cookie.
  const html = await (await bob.page.request.get(address)).text();
  const links = [...html.matchAll(/href="([^"]+)"/g)].flatMap(([, href = ""]) => (href.startsWith("/") ? [href] : []));
  const made = ["approve", "deny", "answer", "?answer=approved", "?approve=true"].map(
    (end) => `${address}${end.startsWith("?") ? end : `/${end}`}`,
  );
  const input = encodeURIComponent(
    JSON.stringify({ json: { operation, subject: before.question.subject, answer: "approved" } }),
  );
  const calls = [
    `/api/trpc/approvals.answer?input=${input}`,
    `/api/v1/approvals/${encodeURIComponent(operation)}/answer`,
  ];
  for (const link of new Set([...links, ...made, ...calls])) {
    await bob.page.request.get(link, { maxRedirects: 3 });
    await bob.page.request.head(link, { maxRedirects: 3 });
  }
  const prefetch = { purpose: "prefetch", "sec-purpose": "prefetch;prerender", "next-router-prefetch": "1", rsc: "1" };
  await Promise.all(
    Array.from({ length: 4 }, async (_, lane) => {
      for (let visit = lane; visit < 1_000; visit += 4) {
        const how = visit % 3;
        if (how === 0) expect((await bob.page.request.get(address)).status()).toBe(200);
        else if (how === 1) expect((await bob.page.request.head(address)).status()).toBe(200);
        else await bob.page.request.get(address, { headers: prefetch });
      }
    }),
  );
  await bob.page.goto(address);
  await bob.page.evaluate((href) => {
    for (const rel of ["prefetch", "prerender", "preload"]) {
      const link = Object.assign(document.createElement("link"), { rel, href });
      document.head.append(link);
    }
  }, address);
  await bob.page.reload();
  await expect(bob.page.getByRole("button", { name: /^Approve/ })).toBeEnabled();
  expect(await bob.api.approvals.get.query({ operation: operation as never })).toEqual(before);
  expect((await eve.api.runs.get.query({ run })).run.status).toBe("waiting");
});
