import type { FlowGraph } from "../graph/graph";
import { portsOfInstruction } from "../plan/instructions";
import type { Gate } from "../plan/sources";
import type { ObjectSchema } from "../types/agent-manifest";
import { isRecord } from "../types/json-schema";
import { decisionsOf, type Needs } from "./bound";
import { assembled } from "./compile";
import type { Registry } from "./lower";
import { layOut, type Making } from "./making";

/**
 * What a flow gives as a whole: each of its results with what is known of it. One that some decision may leave out, or
 * that may be missing where it comes from, is not promised.
 */
export function resultsOf(graph: FlowGraph, registry: Registry): ObjectSchema {
  const { making, instance } = assembled(graph, registry, layOut(graph, registry));
  const needs = decisionsOf(making.steps);
  const properties: ObjectSchema["properties"] = {};
  const required: string[] = [];
  for (const [name, known] of instance.results) {
    if (!known) continue;
    properties[name] = isRecord(known.schema) ? { ...known.schema } : {};
    if (!known.optional && known.gates.every((gate) => isSure(making, needs, gate))) required.push(name);
  }
  return { type: "object", properties, required: required.sort() };
}

function isSure({ steps }: Making, needs: readonly Needs[], { step }: Gate): boolean {
  const instruction = steps[step]?.instruction;
  return instruction !== undefined && portsOfInstruction(instruction).length === 1 && needs[step]?.size === 0;
}
