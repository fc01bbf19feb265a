import { portsOfInstruction } from "../plan/instructions";
import { closeStep, failStep } from "./closing";
import { type Draft, stepAt } from "./draft";
import type { Debug, Pinned } from "./events";
import { pathOf, type Spot, spotKey } from "./spots";

/**
 * Settles a step with what it came to elsewhere, when the payer has pinned it or its agent is mocked: nothing is
 * executed, nobody is paid, and the receipt says so. Nobody's consent is taken from elsewhere. [R30]
 */
export function standIn(draft: Draft, spot: Spot): boolean {
  const { instruction } = stepAt(draft, spot);
  if (!draft.debug || instruction.op === "ask") return false;
  const key = spotKey(spot.id, pathOf(spot));
  const pin = draft.usedPins.has(key) ? undefined : pinAt(draft.debug, key);
  if (pin) {
    draft.usedPins.add(key);
    settleWith(draft, spot, pin);
    return true;
  }
  const mock = instruction.op === "call" ? draft.debug.mocks[instruction.agent] : undefined;
  if (!mock) return false;
  settleWith(draft, spot, mock.by === "fixed" ? { port: "done", output: mock.output, gives: null } : NOT_RECORDED);
  return true;
}

const NOT_RECORDED: Pinned = {
  code: "not_recorded",
  reason: "Nothing was recorded for this call, and it is not made.",
};

function pinAt({ pins }: Debug, key: string): Pinned | undefined {
  return Object.hasOwn(pins, key) ? pins[key] : undefined;
}

/** Whoever wrote the pin, it is held against the plan as an answer of the step itself would be. [R18] */
function settleWith(draft: Draft, spot: Spot, pin: Pinned): void {
  if ("code" in pin) {
    failStep(draft, spot, { ...pin, pinned: true });
    return;
  }
  const { instruction } = stepAt(draft, spot);
  const delivers = instruction.op === "call" || instruction.op === "model";
  const lacks = delivers && (pin.port === "done") === (pin.output === null);
  const fits = portsOfInstruction(instruction).includes(pin.port) && !lacks;
  if (!fits)
    failStep(draft, spot, { code: "pin_invalid", reason: "What is pinned is none that this step can come to." });
  else
    closeStep(draft, spot, {
      ...{ port: pin.port, gives: pin.gives ?? {}, pinned: true },
      ...(pin.output === null ? {} : { output: pin.output }),
    });
}
