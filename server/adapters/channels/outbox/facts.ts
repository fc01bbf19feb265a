import type { PoolClient } from "pg";
import { z } from "zod";
import { Money } from "@/flows/basics/money";

/** Something that happened, as it was written down in its own transaction. */
export type Happening = {
  id: string;
  kind: string;
  operation: string | null;
  run_id: string | null;
  agent: string | null;
  people: string[] | null;
  /** What it is about, where that is no question, run or agent. */
  about: unknown;
  at: Date;
};

/**
 * A question as far as notices tell of it. `asked` are the people who may answer as it stands now, `standIns` those who may in
 * the place of one of them; whoever is among `counted` has answered, or somebody has for them.
 */
export type AskedOf = {
  operation: string;
  run: string;
  state: string;
  answer: string | null;
  answeredBy: string | null;
  until: Date;
  createdAt: Date;
  asked: readonly string[];
  standIns: readonly StandIn[];
  counted: readonly string[];
  /** Whether those who are left cannot come to a yes; asked only where that is to be told. */
  outOfReach: boolean;
  question: string;
  bound: readonly Money[];
  payees: readonly string[];
};
type StandIn = { person: string; of: string };
export type RunOf = {
  id: string;
  owner: string;
  flow: string;
  flowName: string;
  status: string;
  spent: Money;
  outcome: { result: string; code: string; reason: string; by: string | null };
};
export type AgentOf = { agent: string; owner: string; state: string; hidden: string | null; reason: string | null };

export type Facts = {
  questions: ReadonlyMap<string, AskedOf>;
  runs: ReadonlyMap<string, RunOf>;
  agents: ReadonlyMap<string, AgentOf>;
  /** By run: until when its escrow takes earnings, where it is open and the run goes on. */
  openUntil: ReadonlyMap<string, Date>;
  /** Of everybody who is named in these, and has an account. */
  names: ReadonlyMap<string, string>;
};

const QUESTIONS = `
select q.operation, q.run_id, q.state, q.answer, q.answered_by, q.until, q.created_at, q.about,
       array(select person from still_asked(q.operation) where in_place_of is null order by 1) as asked,
       array(select person from counted_in(q.operation)) as counted,
       q.operation = any($2) and is_out_of_reach(q.operation) as out_of_reach,
       coalesce((select json_agg(json_build_object('person', person, 'of', in_place_of) order by person, in_place_of)
                   from still_asked(q.operation) where in_place_of is not null), '[]') as stand_ins
  from question q where q.operation = any($1)`;
const RUNS = `
select id, owner_id, flow_id, flow_name, status, spent::text, currency, outcome from run where id = any($1)`;
const AGENTS = `
select agent, owner_id, state, hidden, reason from agent_version where agent = any($1) and owner_id is not null`;

const OPEN_UNTIL = `
select e.run_id, e.settle_by from escrow e join run r on r.id = e.run_id
 where e.run_id = any($1) and e.stands = 'open' and r.finished_at is null
   and not exists (select from chain_intent i where i.run_id = e.run_id and i.kind = 'settle')`;

/** Reads what happenings are about, as it is now. */
export async function readFacts(client: PoolClient, happenings: readonly Happening[]): Promise<Facts> {
  const wanted = (of: (happening: Happening) => string | null) => [
    ...new Set(happenings.flatMap((each) => of(each) ?? [])),
  ];
  const asked = await client.query<QuestionRow>(QUESTIONS, [
    wanted(({ operation }) => operation),
    wanted(({ kind, operation }) => (kind === "approval_out_of_reach" ? operation : null)),
  ]);
  const runIds = new Set([...wanted(({ run_id }) => run_id), ...asked.rows.map(({ run_id }) => run_id)]);
  const ran = await client.query<RunRow>(RUNS, [[...runIds]]);
  const listed = await client.query<AgentRow>(AGENTS, [wanted(({ agent }) => agent)]);
  const short = wanted(({ kind, run_id }) => (kind === "run_time_short" ? run_id : null));
  const open = await client.query<{ run_id: string; settle_by: Date }>(OPEN_UNTIL, [short]);
  const questions = asked.rows.map(questionOf);
  const runs = ran.rows.map(runOf);
  const agents = listed.rows.map(({ owner_id, ...agent }) => ({ ...agent, owner: owner_id }));
  const people = [
    ...happenings.flatMap((each) => [...(each.people ?? []), ...senderOf(each)]),
    ...questions.flatMap((each) => [
      ...each.asked,
      ...each.standIns.map(({ person }) => person),
      ...(each.answeredBy ? [each.answeredBy] : []),
    ]),
    ...runs.map(({ owner }) => owner),
    ...agents.map(({ owner }) => owner),
  ];
  const known = await client.query<{ id: string; name: string }>(`select id, name from "user" where id = any($1)`, [
    people,
  ]);
  return {
    questions: new Map(questions.map((each) => [each.operation, each])),
    runs: new Map(runs.map((each) => [each.id, each])),
    agents: new Map(agents.map((each) => [each.agent, each])),
    openUntil: new Map(open.rows.map(({ run_id, settle_by }) => [run_id, settle_by])),
    names: new Map(known.rows.map(({ id, name }) => [id, name])),
  };
}

const Sent = z.object({ by: z.string() });
function senderOf({ about }: Happening): string[] {
  const sent = Sent.safeParse(about);
  return sent.success ? [sent.data.by] : [];
}

type QuestionRow = {
  operation: string;
  run_id: string;
  state: string;
  answer: string | null;
  answered_by: string | null;
  until: Date;
  created_at: Date;
  about: string;
  asked: string[];
  counted: string[];
  out_of_reach: boolean;
  stand_ins: StandIn[];
};
type RunRow = {
  id: string;
  owner_id: string;
  flow_id: string;
  flow_name: string;
  status: string;
  spent: string;
  currency: string;
  outcome: string | null;
};
type AgentRow = { agent: string; owner_id: string; state: string; hidden: string | null; reason: string | null };

/** Of what a question says only what notices tell. What cannot be read is not told; that it is asked is. */
const About = z.object({
  question: z.string(),
  unlocks: z.object({ bound: z.array(Money), payees: z.array(z.string()) }).catch({ bound: [], payees: [] }),
});
const Ending = z.object({
  result: z.string(),
  code: z.string().default(""),
  reason: z.string().default(""),
  by: z.string().nullable().default(null),
});
const NO_ENDING = { result: "", code: "", reason: "", by: null };

function questionOf(row: QuestionRow): AskedOf {
  const { operation, run_id: run, state, answer, answered_by: answeredBy, until, created_at: createdAt } = row;
  const { asked, counted, stand_ins: standIns, out_of_reach: outOfReach } = row;
  const about = About.safeParse(asJson(row.about));
  const question = about.success ? about.data.question : "";
  const { bound, payees } = about.success ? about.data.unlocks : { bound: [], payees: [] };
  const people = { asked, counted, standIns, outOfReach };
  return { operation, run, state, answer, answeredBy, until, createdAt, ...people, question, bound, payees };
}

function runOf({
  id,
  owner_id: owner,
  flow_id: flow,
  flow_name: flowName,
  status,
  spent,
  currency,
  outcome,
}: RunRow): RunOf {
  const ending = Ending.safeParse(asJson(outcome ?? "null"));
  const paid = Money.parse({ currency, amount: spent });
  return { id, owner, flow, flowName, status, spent: paid, outcome: ending.success ? ending.data : NO_ENDING };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    if (problem instanceof SyntaxError) return null;
    throw problem;
  }
}
