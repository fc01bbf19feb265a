import type { Money } from "../basics/money";
import { unreachable } from "../basics/unreachable";
import type { CompileError } from "./compile-error";

/** `message` says what is wrong; `fix` says what to do about it. */
export type Explanation = { message: string; fix: string };

/** A fault in the words of the person who drew the flow. */
export function explain(error: CompileError): Explanation {
  switch (error.code) {
    case "agent_unknown":
      return { message: `${error.agent} is not in the registry.`, fix: "Choose an agent from the palette." };
    case "cap_below_price":
      return {
        message: `The cap of ${inCredits(error.cap)} is below the agent's price of ${inCredits(error.price)}.`,
        fix: "Raise the cap to the price or more.",
      };
    case "condition_invalid":
      return { message: error.problem, fix: "Mend the condition. It is CEL over the word value." };
    case "cycle_found":
      return { message: "These nodes wait for one another.", fix: "Remove a wire of the circle." };
    case "flow_empty":
      return { message: "There is nothing to run yet.", fix: "Add an agent and wire it up." };
    case "input_missing":
      return { message: `The input ${error.input} has no value.`, fix: "Wire it, or fill it in." };
    case "input_repeated":
      return { message: "A flow has one input node.", fix: "Move the fields to the first input node." };
    case "input_taken":
      return { message: `The input ${error.input} has two wires.`, fix: "Remove one of them." };
    case "kind_unknown":
      return { message: `This studio has no node kind ${error.kind}.`, fix: "Remove the node, or update the studio." };
    case "name_taken":
      return { message: `Another output is named ${error.name}.`, fix: "Give this one another name." };
    case "node_repeated":
      return { message: `Two nodes have the id ${error.node}.`, fix: "Remove one of them." };
    case "settings_invalid":
      return { message: `${error.field}: ${error.problem}`, fix: "Correct the setting." };
    case "wire_lost":
      return {
        message: `A wire ends at ${error.port}, which is not there.`,
        fix: "Remove the wire, or connect it anew.",
      };
    case "wire_mismatched":
      return {
        message: `A wire brings ${error.from} to ${error.input}, which takes ${error.to}.`,
        fix: "Connect an output of the right type.",
      };
    default:
      return unreachable(error);
  }
}

function inCredits({ currency, amount }: Money): string {
  if (currency === "usdc_base") return `${amount} base units of USDC`;
  const digits = amount.toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${digits.slice(0, -6)}.${fraction} credits`;
}
