import { ferryReport } from "./ferry-report";
import { sample } from "./sample";

/** A file becomes sections, a question is answered from them with its sources, and a person lets the answer pass. */
export const answersFromAReport = sample(
  {
    id: "answers-from-a-report",
    name: "Answers from a report",
    about: "Read a PDF, answer a question from it with quotes, and look at the answer before it is used.",
  },
  {
    nodes: [
      {
        id: "report",
        kind: "input",
        title: "Report",
        settings: {
          schema: {
            type: "object",
            properties: {
              question: {
                type: "string",
                title: "Question",
                default: "Who is the chair of the board?",
              },
              file: {
                type: "string",
                title: "Report",
                contentEncoding: "base64",
                default: ferryReport,
              },
            },
            required: ["question", "file"],
          },
        },
        at: [0, 100],
      },
      {
        id: "read",
        kind: "agent",
        title: "Read the report",
        settings: { agent: "studio/document-extractor@1.0.0", inputs: {} },
        at: [300, 180],
      },
      {
        id: "ask",
        kind: "agent",
        title: "Answer from it",
        settings: { agent: "studio/knowledge-qa@1.0.0", inputs: { most: 2 } },
        at: [600, 60],
      },
      {
        id: "look",
        kind: "approval",
        title: "Is it right?",
        settings: { question: "May this answer be used?", approvers: ["@starter"], timeoutMs: 86_400_000 },
        at: [900, 20],
      },
      { id: "answer", kind: "output", title: "Answer", settings: { name: "answer" }, at: [1200, 20] },
      { id: "quotes", kind: "output", title: "Sources", settings: { name: "sources" }, at: [900, 280] },
    ],
    wires: [
      "report.file > read.file",
      "report.question > ask.question",
      "read.documents > ask.documents",
      "ask.answer > look.subject",
      "ask.sources > quotes.value",
      "look.approved > answer.value",
    ],
  },
);
