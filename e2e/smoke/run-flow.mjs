import { randomUUID } from "node:crypto";

const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 100;
const OVER = ["succeeded", "failed", "cancelled"];

/** @typedef {Awaited<ReturnType<typeof import("./client.mjs").signIn>>["api"]} Api */

/**
 * Runs one flow to its end on trial credits, agreeing to every question it asks, and returns how it ended.
 *
 * @param {Api} api
 * @param {{ id: string, name: string }} flow
 */
export async function runFlow(api, flow) {
  const agreed = await api.flows.plan.query({ flow: /** @type {any} */ (flow.id) });
  const run = /** @type {any} */ (randomUUID());
  await api.runs.start.mutate({
    flow: /** @type {any} */ (flow.id),
    run,
    plan: agreed.hash,
    currency: "trial_microcredits",
    input: /** @type {any} */ (agreed.defaults),
  });
  const ended = await untilOver(api, run);
  const file = await api.runs.receipts.query({ run });
  const bound = agreed.bound.reduce((total, { amount }) => total + amount, 0n);
  return { run, name: flow.name, status: ended.status, bound, spent: ended.spent.amount, file };
}

/** @param {Api} api @param {any} run */
async function untilOver(api, run) {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const shown = await api.runs.get.query({ run });
    if (OVER.includes(shown.run.status)) return shown.run;
    for (const { question } of shown.steps) if (question) await agree(api, question);
    await new Promise((wake) => setTimeout(wake, LOOK_AGAIN_MS));
  }
  throw new Error(`run ${run} was not over after ${PATIENCE_MS / 1000} s`);
}

/**
 * Says yes to a question as it is shown. A question that was answered a moment ago is no fault.
 *
 * @param {Api} api @param {{ operation: any, subject: any }} question
 */
async function agree(api, { operation, subject }) {
  const shown = await api.approvals.get.query({ operation }).catch(() => null); // it may not have been put yet
  if (shown?.question.state !== "open") return;
  try {
    await api.approvals.answer.mutate({ operation, subject, answer: "approved" });
  } catch (error) {
    const code = /** @type {any} */ (error).data?.domain?.code;
    if (code !== "answer_given" && code !== "question_settled") throw error;
  }
}
