import type { Result } from "../basics/result";
import type { Lowered, Surroundings } from "../nodes/kind";
import type { JsonSchema } from "../types/json-schema";
import type { CompileError } from "./compile-error";
import type { ReadNode } from "./lower";

/** A node that knows what it was last lowered in, and to what. */
export type Remembered = ReadNode & {
  /** What it came to when it was last asked; null before that. `named` are the schemas that it put into the plan. */
  last(): { around: Surroundings; named: readonly JsonSchema[]; lowered: Result<Lowered, CompileError[]> } | null;
};

type Memory = NonNullable<ReturnType<Remembered["last"]>> & {
  inputs: readonly (readonly [string, JsonSchema])[];
  outputs: string;
};

/** Lowers a node again only when something else is wired to it. What it put into the plan's schemas it puts there again. */
export function remembering(node: ReadNode): Remembered {
  let memory: Memory | null = null;
  return {
    ...node,
    last: () => memory,
    lower(around) {
      const inputs = [...around.wiredInputs];
      const outputs = [...around.wiredOutputs].join();
      if (memory && memory.outputs === outputs && sameInputs(memory.inputs, inputs)) {
        for (const schema of memory.named) around.schema(schema);
        return memory.lowered;
      }
      const named: JsonSchema[] = [];
      const noting: Surroundings = {
        ...around,
        schema(schema) {
          named.push(schema);
          return around.schema(schema);
        },
      };
      memory = { around, inputs, outputs, named, lowered: node.lower(noting) };
      return memory.lowered;
    },
  };
}

function sameInputs(before: Memory["inputs"], now: Memory["inputs"]): boolean {
  return (
    before.length === now.length &&
    before.every(([name, schema], place) => now[place]?.[0] === name && now[place][1] === schema)
  );
}
