import type { Approver } from "../basics/ids";
import type { RuleAgreement } from "../plan/agreement";
import { canonicalJson } from "../plan/canonical";
import { EVIDENCE_BY, evidenceNeeded } from "../plan/evidence";
import type { Action } from "./facts";
import type { Rule } from "./rules";

/** What a rule asks people before a payment. Without an `agreement` one yes is enough, one no refuses, and a click will do. */
export type Asking = {
  verdict: "ask";
  rule: string;
  message: string;
  passes: string;
  approvers: readonly Approver[];
  agreement?: RuleAgreement | undefined;
};
type Clash = { verdict: "deny"; rule: string; message: string; passes: string };

/** Nothing but a yes by a click, of any one of those who are asked. */
const PLAIN: RuleAgreement = { least: 1, against: 1, weights: {} };

/**
 * What a rule asks for before this payment: how many, and by what, for what this very payment can come to. Absent where one
 * click is enough.
 */
export function agreementOfRule({ agreement, evidence }: Rule, { amount }: Action): { agreement?: RuleAgreement } {
  const need = evidence && {
    kinds: [...EVIDENCE_BY[evidence.by]],
    ...(evidence.above ? { above: evidence.above } : {}),
  };
  const kinds = evidenceNeeded(need, [amount], undefined);
  const { least, against, weights } = agreement ?? PLAIN;
  return saidOf({ least, against, weights, ...(kinds ? { evidence: { kinds: [...kinds] } } : {}) });
}

/**
 * What `earlier` rules ask together, `asked`, and one more that asks about the same payment. The first of them names the people.
 * What a yes takes, all say; and where they ask the same people, so they do of how many. Where a later one says how many of other
 * people than any before it, and where no yes can come with what all ask for, nobody is asked: what a rule says of how many and
 * by what is never given up for another, whatever rules come between them. [Y8]
 */
export function askedWith(asked: Asking | null, more: Asking, earlier: readonly Asking[]): Asking | Clash {
  if (!asked) return more;
  const [one, two] = [asked.agreement ?? PLAIN, more.agreement ?? PLAIN];
  const other = isCounting(two) ? earlier.find((each) => seatsOf(each) !== seatsOf(more)) : undefined;
  if (other)
    return clash(other, more, {
      message: "ask different people about one payment",
      passes: `Put ${more.rule} first, let both ask the same people, or let their conditions exclude each other.`,
    });
  const kinds = kindsOfBoth(one, two);
  if (kinds?.length === 0)
    return clash(asked, more, {
      message: "ask for evidence that no yes has at once",
      passes: "Let both ask for the same evidence, or let their conditions exclude each other.",
    });
  const same = seatsOf(asked) === seatsOf(more);
  const least = same ? Math.max(one.least, two.least) : one.least;
  const against = same ? Math.min(one.against, two.against) : one.against;
  const { verdict, rule, message, passes, approvers } = asked;
  const { weights } = one;
  const said = saidOf({ least, against, weights, ...(kinds ? { evidence: { kinds } } : {}) });
  return { verdict, rule, message, passes, approvers, ...said };
}

function kindsOfBoth({ evidence: one }: RuleAgreement, { evidence: two }: RuleAgreement) {
  if (!one || !two) return (one ?? two)?.kinds ?? null;
  return one.kinds.filter((kind) => two.kinds.includes(kind));
}

function isCounting({ least, against, weights }: RuleAgreement): boolean {
  return canonicalJson({ least, against, weights }) !== canonicalJson(PLAIN);
}

function seatsOf({ approvers, agreement = PLAIN }: Asking): string {
  return canonicalJson([[...new Set(approvers)].sort(), agreement.weights]);
}

function saidOf(agreement: RuleAgreement): { agreement?: RuleAgreement } {
  return canonicalJson(agreement) === canonicalJson(PLAIN) ? {} : { agreement };
}

function clash(first: Asking, more: Asking, { message, passes }: { message: string; passes: string }): Clash {
  return { verdict: "deny", rule: more.rule, message: `The rules ${first.rule} and ${more.rule} ${message}.`, passes };
}
