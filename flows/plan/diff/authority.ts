import { inWords } from "../../basics/money-words";
import { isPaying } from "../instructions";
import type { Plan } from "../plan";
import { type PlanChange, type Titles, titleOf } from "./change";
import { askedBefore, type Told } from "./steps";

type Pair = { before: ReadonlyMap<string, Told>; after: ReadonlyMap<string, Told>; titles: Titles };

/** Who can be paid, called and asked, and what nobody has to agree to any more. [D2] */
export function authorityChanges(before: Plan, after: Plan, told: Pair): PlanChange[] {
  return [
    ...lostApprovals(before, after, told.titles),
    ...payees(before, after),
    ...listed(before.authority.agents, after.authority.agents, "be called"),
    ...listed(before.authority.approvers, after.authority.approvers, "decide an approval"),
    ...softened(told),
  ];
}

function lostApprovals(before: Plan, after: Plan, titles: Titles): PlanChange[] {
  const [was, is] = [askedBefore(before), askedBefore(after)];
  return after.steps.flatMap(({ id, node, instruction }): PlanChange[] => {
    if (!isPaying(instruction) || !was.has(id)) return [];
    const [old, now] = [was.get(id)?.size ?? 0, is.get(id)?.size ?? 0];
    const pays = `${titleOf(titles, node)} pays ${instruction.payee}`;
    if (old > 0 && now === 0)
      return [
        { risk: "authority", message: `Nobody agrees any more before ${pays}`, nodes: [node], direction: "more" },
      ];
    if (old === now) return [];
    const message = `${now > old ? "More" : "Fewer"} approvals before ${pays}: ${old} -> ${now}`;
    return [{ risk: "authority", message, nodes: [node], direction: now > old ? "less" : "more" }];
  });
}

function payees(before: Plan, after: Plan): PlanChange[] {
  const words = ({ payee, cap }: Plan["authority"]["payees"][number]) => `${payee} at most ${inWords(cap)}`;
  const key = ({ payee, cap }: Plan["authority"]["payees"][number]) => `${payee} ${cap.currency}`;
  const was = new Map(before.authority.payees.map((each) => [key(each), each]));
  const is = new Map(after.authority.payees.map((each) => [key(each), each]));
  const added = [...is.values()].flatMap((each): PlanChange[] => {
    const old = was.get(key(each));
    if (!old) return [{ risk: "authority", message: `Can now be paid: ${words(each)}`, nodes: [], direction: "more" }];
    if (old.cap.amount === each.cap.amount) return [];
    const more = each.cap.amount > old.cap.amount;
    return [
      {
        risk: "authority",
        message: `${each.payee} can be paid ${inWords(old.cap)} -> ${inWords(each.cap)}`,
        nodes: [],
        direction: more ? "more" : "less",
      },
    ];
  });
  const gone = [...was.values()].filter((each) => !is.has(key(each)));
  return [
    ...added,
    ...gone.map(
      ({ payee }): PlanChange => ({
        risk: "authority",
        message: `No longer paid: ${payee}`,
        nodes: [],
        direction: "less",
      }),
    ),
  ];
}

function listed(before: readonly string[], after: readonly string[], can: string): PlanChange[] {
  const added = after.filter((each) => !before.includes(each));
  const gone = before.filter((each) => !after.includes(each));
  return [
    ...added.map(
      (each): PlanChange => ({ risk: "authority", message: `Can now ${can}: ${each}`, nodes: [], direction: "more" }),
    ),
    ...gone.map(
      (each): PlanChange => ({
        risk: "authority",
        message: `Can no longer ${can}: ${each}`,
        nodes: [],
        direction: "less",
      }),
    ),
  ];
}

/** A no, or what a guard holds back, that does not end the run any more. */
function softened({ before, after, titles }: Pair): PlanChange[] {
  return [...after].flatMap(([id, { step }]): PlanChange[] => {
    const was = before.get(id)?.step.instruction;
    const { instruction: now, node } = step;
    const said = (message: string, softer: boolean): PlanChange[] => [
      {
        risk: "authority",
        message: `${titleOf(titles, node)}: ${message}`,
        nodes: [node],
        direction: softer ? "more" : "less",
      },
    ];
    if (was?.op === "ask" && now.op === "ask" && was.denial !== now.denial)
      return said(
        `a refusal ${now.denial === "continues" ? "no longer ends" : "now ends"} the run`,
        now.denial === "continues",
      );
    if (was?.op === "guard" && now.op === "guard" && was.otherwise !== now.otherwise)
      return said(
        `what it holds back ${now.otherwise === "continues" ? "no longer ends" : "now ends"} the run`,
        now.otherwise === "continues",
      );
    return [];
  });
}
