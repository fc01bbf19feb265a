import { sample } from "@/flows/examples/sample";
import type { FlowDocument } from "@/flows/graph/graph";

const FORM = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };

/** Takes a text, calls one agent with it, and gives the summary. */
export function oneCall(
  id: string,
  agent: string,
  ...around: { id: string; kind: string; title: string; settings: object; at: [number, number] }[]
): FlowDocument {
  return sample(
    { id, name: id, about: id },
    {
      nodes: [
        { id: "form", kind: "input", title: "Form", settings: { schema: FORM }, at: [0, 0] },
        { id: "sum", kind: "agent", title: "Summarise", settings: { agent }, at: [300, 0] },
        { id: "out", kind: "output", title: "Out", settings: { name: "summary" }, at: [600, 0] },
        ...around,
      ] as Parameters<typeof sample>[1]["nodes"],
      wires:
        around.length > 0
          ? ["form.text > ask.subject", "ask.approved > sum.text", "sum.summary > out.value"]
          : ["form.text > sum.text", "sum.summary > out.value"],
    },
  ).document;
}

/** Put between the text and the agent. */
export const APPROVAL = {
  ...{ id: "ask", kind: "approval", title: "Ask", at: [0, 100] as [number, number] },
  settings: { question: "Go on?", approvers: ["@starter"], timeoutMs: 60_000 },
};
