import { inWords } from "@/flows/basics/money-words";
import type { Fact } from "../channel";
import type { NoticeKind } from "../kinds";
import { plain } from "../untrusted";
import type { AskedOf, Facts, Happening, RunOf } from "./facts";
import { accountTold } from "./telling-account";
import { timeTold } from "./telling-time";
import type { Told } from "./told";

const TITLE = 140;
const NAME = 60;
const TEXT = 300;

/** Ends of runs in which money did not suffice, or a cap held. */
const OVER_BUDGET = ["funds_insufficient", "budget_below_bound", "budget_exceeded", "cap_reached", "amount_above_cap"];

/** Whom a happening is told, and in which words; nobody where it has passed since. Words of people are cut and are one line. */
export function tellings(happening: Happening, facts: Facts): Told[] {
  const told = tell(happening, facts);
  return told.filter(({ receiver }) => facts.names.has(receiver)); // only people who have an account are told anything
}

function tell(happening: Happening, facts: Facts): Told[] {
  const { kind, operation, run_id, agent } = happening;
  if (agent !== null) return agentMoved(happening, facts);
  if (kind === "means_changed" || kind === "invitation_sent") return accountTold(happening, facts);
  const question = operation === null ? undefined : facts.questions.get(operation);
  const run = facts.runs.get(question?.run ?? run_id ?? "");
  if (!run) return [];
  if (kind === "run_time_short") return timeTold(happening, run, facts);
  if (kind.startsWith("run_")) return runMoved(kind, run);
  if (!question) return [];
  const about = { happening, question, run, facts };
  switch (kind) {
    case "approval_asked":
      return question.state === "open" ? [...askedEach(about), ...waits(about)] : [];
    case "approval_reminder":
    case "approval_escalated":
      return question.state === "open" ? askedEach(about) : [];
    case "approval_withdrawn":
      return withdrawn(about);
    case "approval_settled":
      return settled(about);
    case "approval_out_of_reach":
      return outOfReach(about);
    case "notice_undelivered":
      return undelivered(about);
    default:
      return [];
  }
}

type About = { happening: Happening; question: AskedOf; run: RunOf; facts: Facts };

const nameOf = ({ names }: Facts, id: string | null) => plain((id && names.get(id)) || id || "Somebody", NAME);
const runPath = (run: string) => `/runs/${encodeURIComponent(run)}`;
const approvalPath = (operation: string) => `/approvals/${encodeURIComponent(operation)}`;
const wordsOf = ({ question }: AskedOf) => plain(question, TEXT) || "Do you agree?";
const flowOf = ({ flowName }: RunOf) => plain(flowName, NAME);

function mostOf({ bound }: AskedOf): string {
  return bound.length > 0 ? bound.map(inWords).join(" and ") : "nothing";
}

function factsOf({ question, run, facts }: About): Fact[] {
  const payees = question.payees.map((payee) => nameOf(facts, payee));
  return [
    { name: "Flow", value: flowOf(run) },
    { name: "At most", value: mostOf(question) },
    { name: "Paid to", value: plain(payees.join(", "), TEXT) || "nobody" },
    { name: "Answer by", value: question.until.toISOString() },
  ];
}

const ASKED_WORDS = {
  approval_asked: { head: (title: string) => title, text: "waits for your answer" },
  approval_reminder: { head: (title: string) => `Still waiting: ${title}`, text: "still waits for your answer" },
  approval_escalated: {
    head: (title: string) => `Passed on to you: ${title}`,
    text: "has had no answer so far, and now asks you as well",
  },
} as const;
type AskedKind = keyof typeof ASKED_WORDS;
const isAskedKind = (kind: string): kind is AskedKind => Object.hasOwn(ASKED_WORDS, kind);

function askedEach(about: About): Told[] {
  const { happening, question, run, facts } = about;
  if (!isAskedKind(happening.kind)) return [];
  const kind = happening.kind;
  const { head, text } = ASKED_WORDS[kind];
  const once = kind === "approval_asked" ? "" : `/${happening.id}`;
  return addressed(about).map(({ receiver, of }) => {
    const owner = receiver === run.owner ? "Your run asks" : `${nameOf(facts, run.owner)} asks`;
    const asker = of === null ? owner : `In the place of ${nameOf(facts, of)}: ${owner}`;
    return {
      ...basics(about, receiver),
      ...{ key: `${kind}/${question.operation}${once}`, kind },
      title: plain(head(`${asker}: ${wordsOf(question)}`), TITLE),
      text: `A run of ${flowOf(run)} ${text}. A yes allows at most ${mostOf(question)}.`,
      facts: factsOf(about),
      path: approvalPath(question.operation),
      action: "Open the approval",
      untilMs: question.until.getTime(),
    };
  });
}

type Addressed = { receiver: string; of: string | null };

/** Whose answer is still wanted of those whom a happening concerns, and who can give it in their place. Each is told once. */
function addressed({ happening, question }: About): Addressed[] {
  const { asked, standIns, counted } = question;
  const isMeant = (person: string) => happening.people === null || happening.people.includes(person);
  const wanted = asked.filter((person) => isMeant(person) && !counted.includes(person));
  const others = standIns.filter(({ person, of }) => wanted.includes(of) && !counted.includes(person));
  const all = [
    ...others.map(({ person, of }) => ({ receiver: person, of })),
    ...wanted.map((receiver) => ({ receiver, of: null })), // their own seat before the one that they stand in for
  ];
  return [...new Map<string, Addressed>(all.map((each) => [each.receiver, each])).values()];
}

/** Whoever pays, and is not asked, hears for whom the run waits. */
function waits(about: About): Told[] {
  const { question, run, facts, happening } = about;
  if (question.asked.includes(run.owner) || happening.people !== null) return [];
  const open = question.asked.filter((each) => !question.counted.includes(each));
  const people = plain(open.map((each) => nameOf(facts, each)).join(", "), TEXT);
  return [
    {
      ...basics(about, run.owner),
      ...{ key: `run_waiting/${question.operation}`, kind: "run_waiting", sender: null },
      title: plain(`${flowOf(run)} waits for ${people || "somebody"}`, TITLE),
      text: `It asked: ${wordsOf(question)}`,
      facts: factsOf(about),
    },
  ];
}

function basics({ question, run }: About, receiver: string) {
  const place = { run: run.id, operation: question.operation, path: runPath(run.id), action: "Open the run" };
  return { receiver, sender: run.owner, group: null, untilMs: null, ...place };
}

function withdrawn(about: About): Told[] {
  const { question, run } = about;
  const told = [...question.asked, ...question.standIns.map(({ person }) => person)];
  const others = new Set(told.filter((each) => each !== run.owner));
  return [...others].map((receiver) => ({
    ...basics(about, receiver),
    ...{ key: `approval_withdrawn/${question.operation}`, kind: "approval_withdrawn" },
    title: plain(`No answer is needed any more: ${wordsOf(question)}`, TITLE),
    text: `The run of ${flowOf(run)} ended before anybody answered.`,
    facts: [],
    ...{ path: approvalPath(question.operation), action: "Open the approval" },
  }));
}

function settled(about: About): Told[] {
  const { question, run, facts } = about;
  if (question.state === "replaced") return []; // somebody changed what is asked and agreed to that; it is asked anew
  if (question.answeredBy === run.owner) return [];
  const who = nameOf(facts, question.answeredBy);
  const said =
    question.state === "timed_out"
      ? "Nobody answered in time, which counts as a refusal"
      : `${who} ${question.answer === "approved" ? "agreed" : "refused"}`;
  return [
    {
      ...basics(about, run.owner),
      ...{ key: `approval_settled/${question.operation}`, kind: "approval_settled", sender: question.answeredBy },
      title: plain(`${said}: ${wordsOf(question)}`, TITLE),
      text: `It was asked by your run of ${flowOf(run)}.`,
      facts: [{ name: "A yes allowed at most", value: mostOf(question) }],
    },
  ];
}

function undelivered(about: About): Told[] {
  const { question, run, happening } = about;
  return [...new Set(happening.people ?? [run.owner])].map((receiver) => ({
    ...basics(about, receiver),
    ...{ key: `notice_undelivered/${question.operation}`, kind: "notice_undelivered", sender: null },
    title: plain(`Not delivered: ${wordsOf(question)}`, TITLE),
    text: `An approval of ${flowOf(run)} did not reach everybody who is asked. The page of the run says whom, why, and how it was tried otherwise.`,
    facts: [{ name: "Answer by", value: question.until.toISOString() }],
    untilMs: question.until.getTime(),
  }));
}

/** Whoever started the run can take the question back, and knows whom to ask instead. Where enough are there again, nothing is told. */
function outOfReach(about: About): Told[] {
  const { question, run } = about;
  if (question.state !== "open" || !question.outOfReach) return [];
  return [
    {
      ...basics(about, run.owner),
      ...{ key: `approval_out_of_reach/${question.operation}`, kind: "approval_out_of_reach", sender: null },
      title: plain(`Too few can still agree: ${wordsOf(question)}`, TITLE),
      text: `Those who can still answer an approval of ${flowOf(run)} cannot come to a yes. It waits until its time is over, unless somebody refuses or you take it back.`,
      facts: [{ name: "Answer by", value: question.until.toISOString() }],
      ...{ path: approvalPath(question.operation), action: "Open the approval" },
      untilMs: question.until.getTime(),
    },
  ];
}

const ENDED: Readonly<Record<string, string>> = {
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "was cancelled",
};

function runMoved(happened: string, run: RunOf): Told[] {
  const { outcome } = run;
  const flow = flowOf(run);
  const told = { receiver: run.owner, sender: null, run: run.id, operation: null, untilMs: null };
  const open = { path: runPath(run.id), action: "Open the run" };
  const spent = { name: "Spent", value: inWords(run.spent) };
  if (happened === "run_unknown") {
    if (run.status !== "unknown") return []; // it passed by itself
    const text =
      "Whether one of its calls took effect is not known, and what it holds stays held. If you know, say it on its page.";
    const title = `${flow} waits: the outcome of a call is unknown`;
    return [
      { ...told, ...open, key: `run_waiting/${run.id}`, group: null, kind: "run_waiting", title, text, facts: [spent] },
    ];
  }
  if (happened === "run_stopped") {
    const text = "The studio met a fault of its own. What the run reserved stays reserved; nothing more is spent.";
    return [
      {
        ...told,
        ...open,
        key: `run_stopped/${run.id}`,
        group: null,
        kind: "run_failed",
        title: `${flow} stands still`,
        text,
        facts: [spent],
      },
    ];
  }
  if (outcome.by === run.owner) return []; // whoever stopped it knows
  const isOver = outcome.result === "failed" && OVER_BUDGET.includes(outcome.code);
  const kind = isOver ? "run_over_budget" : KIND_OF[run.status];
  if (!kind) return [];
  const title = isOver ? `${flow} stopped: its budget did not suffice` : `${flow} ${ENDED[run.status]}`;
  const why = plain(outcome.reason, TEXT);
  const text = why || "Its page shows what every step did and what it cost.";
  const group = `${kind}/${run.flow}`;
  return [
    { ...told, ...open, key: `${kind}/${run.id}`, group, kind, title: plain(title, TITLE), text, facts: [spent] },
  ];
}

const KIND_OF: Readonly<Record<string, NoticeKind>> = {
  succeeded: "run_succeeded",
  failed: "run_failed",
  cancelled: "run_cancelled",
};

const MOVED: Readonly<Record<string, string>> = {
  approved: "was approved: you can list it now",
  suspended: "was suspended",
  draft: "was handed back",
};

function agentMoved({ id, agent }: Happening, { agents }: Facts): Told[] {
  const moved = agents.get(agent ?? "");
  if (!moved) return [];
  const what = moved.hidden ? "is hidden from the registry" : (MOVED[moved.state] ?? "is shown in the registry again");
  return [
    {
      ...{ receiver: moved.owner, sender: null, run: null, operation: null, untilMs: null, group: null },
      ...{ key: `agent_moved/${moved.agent}/${id}`, kind: "agent_moved" as const },
      title: plain(`${moved.agent} ${what}`, TITLE),
      text: plain(moved.hidden ?? moved.reason ?? "", TEXT),
      facts: [],
      ...{ path: "/publish", action: "Open what you publish" },
    },
  ];
}
