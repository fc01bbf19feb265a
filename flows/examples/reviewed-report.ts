import { salesCsv } from "./sales-csv";
import { sample } from "./sample";

/** One agent, a person, and a second agent that costs money only once the person has said yes. */
export const reviewedReport = sample(
  {
    id: "reviewed-report",
    name: "Reviewed sales report",
    about: "Analyse a spreadsheet, look at the report yourself, then pay for a summary of it.",
  },
  {
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
        at: [0, 80],
      },
      {
        id: "analyse",
        kind: "agent",
        title: "Analyse the sales",
        settings: { agent: "studio/spreadsheet-analyst@1.1.0", inputs: { groupBy: "region" } },
        at: [300, 80],
      },
      {
        id: "review",
        kind: "approval",
        title: "Review",
        settings: { question: "Is this report worth summarising?", approvers: ["@starter"], timeoutMs: 86_400_000 },
        at: [600, 80],
      },
      {
        id: "summarise",
        kind: "agent",
        title: "Summarise",
        settings: { agent: "studio/summariser@1.0.0", inputs: { sentences: 4 } },
        at: [900, 80],
      },
      { id: "summary", kind: "output", title: "Summary", settings: { name: "summary" }, at: [1200, 20] },
      { id: "chart", kind: "output", title: "Chart", settings: { name: "chart" }, at: [600, 280] },
    ],
    wires: [
      "sales.csv > analyse.csv",
      "analyse.report > review.subject",
      "review.approved > summarise.text",
      "summarise.summary > summary.value",
      "analyse.chart > chart.value",
    ],
  },
);
