import { kindsInWords } from "@/flows/basics/evidence-kinds";
import { inWords } from "@/flows/basics/money-words";
import { unreachable } from "@/flows/basics/unreachable";
import { EVIDENCE_BY } from "@/flows/plan/evidence";
import { asksPeople, type Rule } from "@/flows/policy/rules";

const PER = { step: "in one payment", run: "in one run", day: "in a day", month: "in a month" } as const;
const BY = { all: "", payee: " to one payee", agent: " to one agent", category: " to one kind of agent" } as const;

/** What a rule is about, up to what happens then: "More than 50.00 credits in a day". */
export function aboutWords(rule: Rule): string {
  const where = rule.when === undefined ? "" : `, where ${rule.when},`;
  return `${subjectOf(rule)}${where}`;
}

function subjectOf(rule: Rule): string {
  switch (rule.rule) {
    case "consent_required":
      return "Every payment";
    case "max_amount":
      return `More than ${inWords(rule.most)} ${PER[rule.per]}${BY[rule.by]}`;
    case "kyc_required":
      return `A payer below identity level ${rule.level}`;
    case "rate":
      return `More than ${rule.perMinute} payments a minute, or ${rule.burst} at once`;
    case "payees":
      return "A payee that is not allowed";
    case "geography":
      return `A ${rule.of} from a country that is not allowed`;
    case "hours":
      return `A payment outside ${rule.from} to ${rule.to}, ${rule.zone}`;
    case "reputation":
      return `An agent with a reputation below ${rule.least}`;
    case "stake":
      return `An agent with less than ${inWords(rule.least)} at stake`;
    default:
      return unreachable(rule);
  }
}

/** What happens then: "is refused", "asks bob and eve: 2 yeses, each by a passkey". */
export function outcomeWords(rule: Rule): string {
  if (!asksPeople(rule)) return "is refused.";
  const { approvers, agreement, evidence } = rule;
  const { least = 1, against = 1, weights = {} } = agreement ?? {};
  const isWeighted = Object.keys(weights).length > 0;
  const whom = approvers.map((each) => (each === "@starter" ? "whoever starts the run" : each)).join(", ");
  const above = evidence?.above ? ` above ${inWords(evidence.above)}` : "";
  const takes = [
    yeses(least, isWeighted),
    ...(against === 1 ? [] : [`${isWeighted ? `noes that come to ${against}` : `${against} noes`} refuse`]),
    ...Object.entries(weights).map(([name, weight]) => `${name} counts ${weight}`),
    ...(evidence ? [`a yes takes ${kindsInWords(EVIDENCE_BY[evidence.by])}${above}`] : []),
  ];
  return `asks ${whom}: ${takes.join("; ")}.`;
}

function yeses(least: number, isWeighted: boolean): string {
  if (least === 1) return "one yes";
  return isWeighted ? `yeses that come to ${least}` : `${least} yeses`;
}
