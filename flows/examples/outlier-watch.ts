import { salesCsv } from "./sales-csv";
import { sample } from "./sample";

/** A branch decides whether there is anything to tell; only then a person is asked and a second agent is paid. */
export const outlierWatch = sample(
  {
    id: "outlier-watch",
    name: "Outlier watch",
    about: "Look for values that do not belong. When there are some, ask before writing them up.",
  },
  {
    nodes: [
      {
        id: "sheet",
        kind: "input",
        title: "Spreadsheet",
        settings: {
          schema: {
            type: "object",
            properties: { csv: { type: "string", title: "CSV", format: "csv", default: salesCsv } },
            required: ["csv"],
          },
        },
        at: [0, 120],
      },
      {
        id: "analyse",
        kind: "agent",
        title: "Find outliers",
        settings: { agent: "studio/spreadsheet-analyst@1.1.0", inputs: {} },
        at: [300, 120],
      },
      { id: "any", kind: "branch", title: "Any outliers?", settings: { condition: "size(value) > 0" }, at: [600, 20] },
      {
        id: "tell",
        kind: "approval",
        title: "Write them up?",
        settings: {
          question: "Outliers were found. Pay for a write-up?",
          approvers: ["@starter"],
          timeoutMs: 3_600_000,
        },
        at: [900, 20],
      },
      {
        id: "write",
        kind: "agent",
        title: "Write up",
        settings: { agent: "studio/summariser@1.0.0", inputs: { sentences: 3, focus: "outlier" } },
        at: [1200, 20],
      },
      { id: "note", kind: "output", title: "Note", settings: { name: "note" }, at: [1500, 20] },
      { id: "clean", kind: "output", title: "Nothing found", settings: { name: "clean" }, at: [900, 260] },
      { id: "outliers", kind: "output", title: "Outliers", settings: { name: "outliers" }, at: [600, 320] },
    ],
    wires: [
      "sheet.csv > analyse.csv",
      "analyse.outliers > any.value",
      "analyse.report > any.carry",
      "analyse.outliers > outliers.value",
      "any.yes > tell.subject",
      "any.no > clean.value",
      "tell.approved > write.text",
      "write.summary > note.value",
    ],
  },
);
