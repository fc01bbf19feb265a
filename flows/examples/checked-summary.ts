import { meaningOf } from "../graph/meaning";
import { digestOf } from "../plan/digest";
import { salesCsv } from "./sales-csv";
import { sample } from "./sample";

const FORM = { type: "object", properties: { text: { type: "string", title: "Text" } }, required: ["text"] };

/** A flow of its own that others use: a summary that somebody has looked at. */
const reviewed = sample(
  { id: "reviewed", name: "Reviewed summary", about: "A summary that somebody has looked at." },
  {
    nodes: [
      { id: "in", kind: "input", title: "Text", settings: { schema: FORM }, at: [0, 0] },
      {
        id: "write",
        kind: "agent",
        title: "Summarise",
        settings: { agent: "studio/summariser@1.0.0", inputs: { sentences: 3 } },
        at: [300, 0],
      },
      {
        id: "look",
        kind: "approval",
        title: "Look at it",
        settings: { question: "May this summary be used?", approvers: ["@starter"], timeoutMs: 86_400_000 },
        at: [600, 0],
      },
      { id: "out", kind: "output", title: "Summary", settings: { name: "summary" }, at: [900, 0] },
    ],
    wires: ["in.text > write.text", "write.summary > look.subject", "look.approved > out.value"],
  },
).document;
const pinned = { nodes: reviewed.nodes, wires: reviewed.wires };
const flow = digestOf(meaningOf(pinned));

/** A pinned flow in the place of a node, inside a body that is tried again after a passing error. */
export const checkedSummary = sample(
  {
    id: "checked-summary",
    name: "Checked summary",
    about: "A report is analysed, twice if need be, and summarised by a pinned flow that asks you.",
  },
  {
    flows: { [flow]: pinned },
    nodes: [
      {
        id: "sales",
        kind: "input",
        title: "Sales",
        settings: {
          schema: {
            type: "object",
            properties: { csv: { type: "string", title: "CSV", format: "csv", default: salesCsv } },
            required: ["csv"],
          },
        },
        at: [0, 100],
      },
      {
        id: "careful",
        kind: "try",
        title: "Twice if need be",
        settings: { attempts: 2, catches: ["transient"] },
        at: [300, 60],
      },
      {
        id: "analyse",
        kind: "agent",
        title: "Analyse",
        settings: { agent: "studio/spreadsheet-analyst@1.1.0", inputs: { groupBy: "region" } },
        at: [100, 110],
        in: "careful",
      },
      {
        id: "summary",
        kind: "subflow",
        title: "Reviewed summary",
        settings: { flow, name: "Reviewed summary", input: FORM, outputs: { summary: { type: "string" } } },
        at: [860, 80],
      },
      { id: "result", kind: "output", title: "Summary", settings: { name: "summary" }, at: [1160, 80] },
    ],
    wires: [
      "sales.csv > analyse.csv",
      "analyse.report > careful.result",
      "careful.done > summary.text",
      "summary.summary > result.value",
    ],
  },
);
