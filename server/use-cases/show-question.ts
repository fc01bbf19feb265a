import type { AccountId, NodeId, OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import { type Agreement, agreementOf } from "@/flows/plan/agreement";
import type { DataLeaving } from "@/flows/plan/around";
import type { Plan } from "@/flows/plan/plan";
import { partOf } from "@/flows/ports/values";
import { EDITS, withEdits } from "@/flows/run/edits";
import { spotOfOperation } from "@/flows/run/operations";
import { gather } from "@/flows/run/perform";
import { placesOf } from "@/flows/run/question-body";
import type { AskedQuestion, GivenVote, QuestionNote } from "../repos/questions-repo";
import type { Services } from "../services";

export type ShowQuestionError = { code: "question_not_found" } | { code: "value_not_found" };

/**
 * The flow around a question, as whoever is asked may see it, who as a rule may not read the run: its steps in order, what
 * leaves to whom after a yes, whether the flow asks or a rule of the payer's, and what a no does.
 */
export type AroundQuestion = {
  flowName: string;
  steps: readonly { node: NodeId; title: string }[];
  leaves: readonly DataLeaving[];
  asksBy: "flow" | "rule";
  onNo: "continues" | "ends";
};

/** One change of a question by somebody who was asked: what each value was before, and what they made of it. */
type ShownChange = Pick<GivenVote, "by" | "of" | "atMs" | "comment"> & {
  values: readonly { title: string; was: Json | null; is: Json }[];
};

/**
 * `shows` holds the very values that go on when the answer is yes, with what was edited in its place, and `changes` who
 * edited it; `names` are those of everybody in it.
 */
export type ShownQuestion = {
  question: AskedQuestion;
  shows: Record<string, Json>;
  notes: readonly QuestionNote[];
  changes: readonly ShownChange[];
  names: Record<string, string>;
  around: AroundQuestion | null;
  payerName: string;
  /** Whether it waits, and those who can still answer cannot come to a yes, were they all to agree. */
  outOfReach: boolean;
};

type Needs = Pick<Services, "accounts" | "flows" | "questions" | "runs" | "values">;

/** A question for one of its approvers, or for whoever started the run, with the values that it is about. */
export async function showQuestion(
  services: Needs,
  { viewer, operation }: { viewer: AccountId; operation: OperationId },
): Promise<Result<ShownQuestion, ShowQuestionError>> {
  const question = await services.questions.find(viewer, operation);
  if (!question) return err({ code: "question_not_found" });
  const { about, asked, approvers, votes } = question;
  const given = await gather(about.shows, services.values);
  if (!given.ok) return err({ code: "value_not_found" });
  const edits = placesOf(about, agreementOf(asked)).map(({ place, value }) => ({ place, value }));
  const shows = withEdits(agreementOf(asked), { ...given.value, [EDITS]: edits });
  if (!shows.ok) return err({ code: "value_not_found" });
  const edited = await services.questions.changes(operation);
  const people = [about.payer, ...approvers, ...[...votes, ...edited].flatMap(({ by, of }) => (of ? [by, of] : [by]))];
  const [names, notes, around, reach] = await Promise.all([
    services.accounts.names([...new Set(people)]),
    services.questions.notes(operation),
    aroundOf(services, question),
    question.state === "open" ? services.questions.reach(operation) : null,
  ]);
  const agreed = votes.reduce((sum, { answer, weight }) => sum + (answer === "approved" ? weight : 0), 0);
  const outOfReach = reach !== null && agreed + reach < agreementOf(asked).least;
  const payerName = names.get(about.payer) ?? about.payer;
  const changes = changesIn(edited, agreementOf(asked), given.value);
  const told = { names: Object.fromEntries(names), around, payerName, outOfReach };
  return ok({ question, shows: shows.value, notes, changes, ...told });
}

/** What each change found, and what it left: one may change what another had changed before. */
function changesIn(
  edited: readonly GivenVote[],
  agreement: Agreement,
  given: Readonly<Record<string, Json>>,
): ShownChange[] {
  let now = given;
  return edited.map(({ by, of, atMs, comment, edits }) => {
    const values = edits.flatMap(({ place, value }) => {
      const may = agreement.edits[place];
      return may ? [{ title: may.title, was: partOf(now[may.field], may.at) ?? null, is: value }] : [];
    });
    const list = edits.map(({ place, value }) => ({ place, value }));
    const made = withEdits(agreement, { ...now, [EDITS]: list });
    if (made.ok) now = made.value;
    return { by, of, atMs, comment, values };
  });
}

/** Null when the run or its plan is not kept any more. */
async function aroundOf({ runs, flows }: Needs, { about, run: id }: AskedQuestion): Promise<AroundQuestion | null> {
  const run = await runs.find(about.payer, id);
  const plan = run ? await runs.plan(run.plan) : null;
  if (!run || !plan) return null;
  const document = await flows.version(run.flow, run.flowVersion);
  const titles = new Map(document?.nodes.map(({ id: node, title }) => [node, title]));
  const nodes = [...new Set(plan.steps.map(({ node }) => node))];
  const isBehind = ({ to }: DataLeaving) => "model" in to || ("agent" in to && about.unlocks.agents.includes(to.agent));
  return {
    flowName: run.flowName,
    steps: nodes.map((node) => ({ node, title: titles.get(node) || node })),
    leaves: plan.data.filter(isBehind),
    ...whoAsks(plan, id, about.operation),
  };
}

function whoAsks(plan: Plan, run: RunId, operation: OperationId): Pick<AroundQuestion, "asksBy" | "onNo"> {
  const spot = spotOfOperation(plan, run, operation);
  const instruction = spot ? plan.steps[spot.step]?.instruction : undefined;
  if (instruction?.op !== "ask") return { asksBy: "rule", onNo: "ends" };
  return { asksBy: "flow", onNo: instruction.denial === "continues" ? "continues" : "ends" };
}
