import type { AccountId, StepId } from "../basics/ids";
import { unreachable } from "../basics/unreachable";
import type { SignedYes } from "./receipt-file";

type Names = { nameOf(account: AccountId): string; titleOf(step: StepId): string };
const AS_THEY_STAND: Names = { nameOf: (account) => account, titleOf: (step) => step };

/** `Ada agreed at Review by wallet 5Xk2…9fQa at studio.example, signature checked`; without names, as the receipts have it. */
export function signedInWords(signed: SignedYes, { nameOf, titleOf }: Names = AS_THEY_STAND): string {
  const who = signed.of ? `${nameOf(signed.by)}, in the place of ${nameOf(signed.of)},` : nameOf(signed.by);
  const agreed = `${who} agreed at ${titleOf(signed.step)} by ${signed.kind}`;
  switch (signed.shown) {
    case "checked":
      return `${agreed} ${signed.called} at ${signed.origin.replace(/^https?:\/\//, "")}, signature checked`;
    case "claimed":
      return `${agreed}: claimed, not shown`;
    case "unfit":
      return `${agreed}: what was signed does not fit`;
    default:
      return unreachable(signed);
  }
}
