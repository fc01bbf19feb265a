import { runFlow } from "../smoke/run-flow.mjs";
import { canvasScreens } from "./canvas-screens.mjs";

/**
 * Every screen that a person can come to, in the state in which it says most. `path` is opened by a signed-in person
 * unless `visitor`; `ready` waits for what the picture is about.
 *
 * @typedef {object} Screen
 * @property {string} name
 * @property {string} path
 * @property {boolean} [visitor]
 * @property {boolean} [desk] only on a wide screen
 * @property {boolean} [bare] a page without the person's account
 * @property {boolean} [busy] the picture is of waiting
 * @property {(page: import("@playwright/test").Page) => Promise<void>} [before] before the page is opened
 * @property {(page: import("@playwright/test").Page) => Promise<void>} ready
 */

/** @typedef {Awaited<ReturnType<typeof import("../smoke/client.mjs").signIn>>["api"]} Api */

/**
 * Makes what the pictures show, through the API: a finished run, one that waits for a person, one that is paused, a flow
 * that may be started by others, and an empty one.
 *
 * @param {Api} api
 * @returns {Promise<Screen[]>}
 */
export async function screens(api) {
  const flows = await api.flows.list.query();
  const named = (/** @type {string} */ name) => flows.find((flow) => flow.name === name) ?? fail(`no flow ${name}`);
  const reviewed = named("Reviewed sales report");
  const finished = await runFlow(api, reviewed);
  const waiting = await startWaiting(api, named("Outlier watch").id);
  const paused = await startPaused(api, named("Outlier watch").id);
  const shown = { reviewed: reviewed.id, waiting: named("Outlier watch").id };
  const canvases = await canvasScreens(api, shown);
  const posted = await api.flows.create.mutate({ name: "Posted texts", document: POSTED });
  const empty = await api.flows.create.mutate({ name: "Untitled flow" });
  const draft = await api.publishing.createDraft.mutate({
    form: { publisher: "acme", name: "shouter", version: "1.0.0", title: "Shouter", description: "Says it louder." },
  });
  const heading = (/** @type {string | RegExp} */ name) => (/** @type {import("@playwright/test").Page} */ page) =>
    page.getByRole("heading", { name }).first().waitFor();
  const canvas = async (/** @type {import("@playwright/test").Page} */ page) => {
    await page.getByText("1.00 credits").first().waitFor();
    await page.getByText("Analyse the sales").first().waitFor();
    await page
      .getByRole("button", { name: "Add Input" })
      .or(page.getByRole("list", { name: "Nodes" }))
      .first()
      .waitFor();
  };
  return [
    {
      name: "sign-in",
      path: "/",
      visitor: true,
      ready: (page) => page.getByRole("button", { name: "Try it now" }).waitFor(),
    },
    { name: "flows", path: "/flows", ready: heading("Flows") },
    { name: "studio", path: `/flows/${reviewed.id}`, ready: canvas },
    {
      name: "studio-body",
      path: `/flows/${named("Paragraph by paragraph").id}`,
      ready: (page) => page.getByText("Each paragraph").first().waitFor(),
    },
    {
      name: "studio-empty",
      path: `/flows/${empty.flow}`,
      ready: (page) => page.getByText("Nothing is drawn yet").first().waitFor(),
    },
    { name: "runs", path: "/runs", ready: heading("Runs") },
    { name: "run", path: `/runs/${finished.run}`, ready: heading("Reviewed sales report") },
    { name: "run-waiting", path: `/runs/${waiting.run}`, ready: heading("Outlier watch") },
    { name: "run-paused", path: `/runs/${paused}`, ready: (page) => page.getByText("Paused").first().waitFor() },
    {
      name: "studio-triggers",
      path: `/flows/${posted.flow}`,
      ready: (page) => page.getByText("Posted text").first().waitFor(),
    },
    { name: "approvals", path: "/approvals", ready: heading("Approvals") },
    {
      name: "approval",
      path: `/approvals/${encodeURIComponent(waiting.operation)}`,
      ready: (page) => page.getByText("Matches this card").waitFor(),
    },
    { name: "explorer", path: "/explorer", ready: heading("Explorer") },
    { name: "wallet", path: "/wallet", ready: heading("Wallet") },
    { name: "registry", path: "/registry", ready: heading("Registry") },
    {
      name: "agent",
      path: "/registry/studio/spreadsheet-analyst",
      ready: (page) => page.getByRole("region", { name: "Try it" }).waitFor(),
    },
    { name: "publish", path: "/publish", ready: heading("Publish") },
    {
      name: "publish-draft",
      path: `/publish/${draft.draft}`,
      ready: (page) => page.getByText("Still to do").first().waitFor(),
    },
    { name: "not-found", path: "/nowhere", bare: true, ready: heading(/./) },
    ...canvases,
  ];
}

/** @param {Api} api @param {any} flow */
async function startWaiting(api, flow) {
  const agreed = await api.flows.plan.query({ flow });
  const run = /** @type {any} */ (crypto.randomUUID());
  const input = /** @type {any} */ (agreed.defaults);
  await api.runs.start.mutate({ flow, run, plan: agreed.hash, currency: "trial_microcredits", input });
  for (let look = 0; look < 300; look++) {
    const [question] = (await api.approvals.list.query({ state: "open" })).filter((each) => each.run === run);
    if (question) return { run, operation: question.operation };
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return fail(`run ${run} asks nobody`);
}

/** A run that its payer paused while it waited, and that was agreed to since. @param {Api} api @param {any} flow */
async function startPaused(api, flow) {
  const { run, operation } = await startWaiting(api, flow);
  await api.runs.pause.mutate({ run, request: crypto.randomUUID() });
  const { question } = await api.approvals.get.query({ operation });
  await api.approvals.answer.mutate({ operation, subject: question.subject, answer: "approved" });
  for (let look = 0; look < 300; look++) {
    if ((await api.runs.get.query({ run })).run.status === "paused") return run;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return fail(`run ${run} is not paused`);
}

/** @type {any} */
const POSTED = {
  version: 2,
  nodes: [
    {
      id: "hook",
      kind: "webhook",
      title: "Posted text",
      settings: { schema: { type: "object", properties: { text: { type: "string" } }, required: ["text"] } },
    },
    { id: "night", kind: "schedule", title: "Every night", settings: { cron: "30 2 * * *", zone: "Europe/Vienna" } },
    {
      id: "pick",
      kind: "transform",
      title: "Its text",
      settings: { inputs: ["body"], gives: { text: "body.text" } },
    },
    { id: "sum", kind: "agent", title: "Summarise", settings: { agent: "studio/summariser@1.0.0" } },
    { id: "out", kind: "output", title: "Summary", settings: { name: "summary" } },
  ],
  wires: [
    { from: { node: "hook", output: "body" }, to: { node: "pick", input: "body" } },
    { from: { node: "pick", output: "text" }, to: { node: "sum", input: "text" } },
    { from: { node: "sum", output: "summary" }, to: { node: "out", input: "value" } },
  ],
  layout: {
    hook: { x: 0, y: 0 },
    night: { x: 0, y: 200 },
    pick: { x: 300, y: 0 },
    sum: { x: 600, y: 0 },
    out: { x: 900, y: 0 },
  },
};

/** @param {string} problem @returns {never} */
function fail(problem) {
  throw new Error(problem);
}
