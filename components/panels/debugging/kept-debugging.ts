import { z } from "zod";
import { browserKeep } from "@/components/store/browser-keep";
import { type Debugging, noDebugging } from "@/components/store/debug-slice";
import { type FlowId, NodeId, RunId, StepId } from "@/flows/basics/ids";
import { Money } from "@/flows/basics/money";

const Kept = z.object({
  everyStep: z.boolean(),
  paymentsAbove: Money.nullable(),
  breaks: z.array(z.object({ node: NodeId, when: z.enum(["before", "after"]) })),
  pins: z.array(
    z.object({
      node: NodeId,
      step: StepId,
      path: z.array(z.number().int().nonnegative()),
      output: z.record(z.string(), z.json()),
      run: RunId,
    }),
  ),
});

/** What this browser keeps for one flow. What cannot be read, because another version wrote it, counts as nothing. */
export function readDebugging(flow: FlowId): Debugging {
  const text = browserKeep(`debugging:${flow}`).read();
  try {
    const read = Kept.safeParse(JSON.parse(text ?? "null"));
    return read.success ? (read.data as Debugging) : noDebugging;
  } catch {
    return noDebugging;
  }
}

export function writeDebugging(flow: FlowId, debugging: Debugging): void {
  const asText = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  browserKeep(`debugging:${flow}`).write(JSON.stringify(debugging, asText));
}
