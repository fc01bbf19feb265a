import type { Agreed, RunState } from "../run/state";
import type { Claim, StepLink } from "./links";
import { cameTo } from "./votes-given";

/**
 * Where a rule asked for more than one click, its receipt says for what, and the votes in it are held against that: each of
 * somebody whom the rule asked, once, with their weight and what a yes took; and together they are a yes. None where no
 * rule did. [V9]
 */
export function consentClaims(links: readonly StepLink[], payer: RunState["payer"] | null): Claim[] {
  const consents = consentsIn(links).filter(({ asked }) => asked !== undefined);
  if (consents.length === 0) return [];
  return [
    {
      holds: consents.every((consent) => isAgreed(consent, payer)),
      proved:
        "Each payment that a rule asked so many about, or by more than a click, has the yeses that its receipt says the rule took.",
      failed: "A payment was made without the yeses that its receipt says a rule took for it.",
    },
  ];
}

/** What nobody can tell from the file about the rules of whoever paid. */
export function unruled(links: readonly StepLink[]): string[] {
  if (consentsIn(links).length === 0) return [];
  return [
    "That the payer's rules asked for no more than the receipts say: the question's digest covers what was asked, but neither it nor the rules are in this file.",
  ];
}

function consentsIn(links: readonly StepLink[]): Agreed[] {
  return links.flatMap(({ body: { step } }) => (step.consent ? [step.consent] : []));
}

function isAgreed({ asked, votes = [], by }: Agreed, payer: RunState["payer"] | null): boolean {
  return asked !== undefined && cameTo(asked, { payer, by, votes }) === "approved";
}
