import { inWords } from "../basics/money-words";
import { unreachable } from "../basics/unreachable";
import type { CompileError, Mismatch } from "./compile-error";

/** `message` says what is wrong; `fix` says what to do about it. */
export type Explanation = { message: string; fix: string };

/** A fault in the words of the person who drew the flow. */
export function explain(error: CompileError): Explanation {
  switch (error.code) {
    case "agent_unknown":
      return { message: `${error.agent} is not in the registry.`, fix: "Choose an agent from the palette." };
    case "cap_below_price":
      return {
        message: `The cap of ${inWords(error.cap)} is below the agent's price of ${inWords(error.price)}.`,
        fix: "Raise the cap to the price or more.",
      };
    case "cap_above_container":
      return {
        message: `It may cost ${inWords(error.cap)}, and all that is drawn around it together ${inWords(error.most)}.`,
        fix: "Raise the cap of what is drawn around it, or lower this one.",
      };
    case "condition_invalid":
      return { message: sentence(error.problem), fix: "Mend the condition. It is CEL over the word value." };
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
      return { message: sentence(`${error.field}: ${error.problem}`), fix: "Correct the setting." };
    case "wire_lost":
      return {
        message: `A wire ends at ${error.port}, which is not there.`,
        fix: "Remove the wire, or connect it anew.",
      };
    case "wire_mismatched":
      return explainMismatch(error.input, error.mismatch);
    case "model_unknown":
      return { message: `This studio cannot ask ${error.model}.`, fix: "Choose a model that it knows." };
    case "expression_invalid":
      return {
        message: sentence(`${error.field}: ${error.problem}`),
        fix: "Mend the expression. It is CEL over the inputs.",
      };
    case "amount_unapproved":
      return {
        message: `The amount depends on ${error.input}, which an agent or a model had a say in.`,
        fix: "Put an approval before the payment, with that very value wired to it.",
      };
    case "flow_changed":
      return { message: "The pinned flow is not the one that was pinned.", fix: "Pin the flow anew." };
    case "flow_unknown":
      return { message: "The pinned flow is not in this document.", fix: "Pin the flow anew." };
    case "flow_nested_too_deep":
      return { message: "Pinned flows lie in one another too deep.", fix: "Draw some of their nodes here." };
    case "flow_signature":
      return { message: `The pinned flow has another ${error.field} than this node shows.`, fix: "Pin the flow anew." };
    case "flow_too_large":
      return {
        message: `Pinned flows within pinned flows come to more than ${error.most} nodes and wires.`,
        fix: "Use pinned flows less often.",
      };
    case "more_faults":
      return {
        message: `There are more problems than the first ${error.shown}.`,
        fix: "Mend these first, or go back to an earlier version.",
      };
    case "nested_too_deep":
      return {
        message: `Bodies lie in one another more than ${error.most} deep.`,
        fix: "Move the node out, or pin what is inside as a flow of its own.",
      };
    case "flow_faulty": {
      const { message, fix } = explain(error.inner);
      const where = "node" in error.inner ? `${error.inner.node}: ` : "";
      return { message: `In the pinned flow, ${where}${message}`, fix };
    }
    case "output_inside":
      return {
        message: "A result of the flow cannot be made in every round.",
        fix: "Move the output out of its container.",
      };
    case "parent_invalid":
      return { message: `${error.parent} cannot hold other nodes.`, fix: "Move the node out of it." };
    case "plan_too_large":
      return {
        message: `A run could come to ${error.steps} steps; ${error.most} is the most.`,
        fix: "Lower the bound of a loop or a map.",
      };
    case "wire_crosses":
      return {
        message: `A wire leaves ${error.container} without going through its outputs.`,
        fix: "Wire the value to the inner side of the container, and go on from its output.",
      };
    default:
      return unreachable(error);
  }
}

function explainMismatch(input: string, mismatch: Mismatch): Explanation {
  if (mismatch.by === "type") {
    const { from, to, counterExample } = mismatch;
    const shown = shortened(JSON.stringify(counterExample) ?? "nothing");
    const message =
      from === to
        ? `A wire brings values to ${input} that it refuses, such as ${shown}.`
        : `A wire brings ${from} to ${input}, which takes ${to}: ${shown} would be refused.`;
    return { message, fix: "Connect an output of the right type, or put a guard with a schema between." };
  }
  switch (mismatch.fault.code) {
    case "secret_exposed":
      return {
        message: `A secret would go to ${input}.`,
        fix: "A secret goes only to an input that is declared secret.",
      };
    case "money_mixed":
      return { message: `Money and plain values meet at ${input}.`, fix: "Wire money to money only." };
    case "label_unknown":
    case "labels_unclear":
      return {
        message: `What comes to ${input} is labelled in a way that this studio does not know.`,
        fix: "Remove the wire.",
      };
    default:
      return unreachable(mismatch.fault);
  }
}

const LONGEST = 80;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** What a library says need not end as a sentence does. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
